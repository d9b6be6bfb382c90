import type { Actor } from "@/lib/account/actor";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { requireCustomer } from "@/lib/next-auth/session";

/**
 * Who sends a form of the customer area, and from where.
 *
 * @param path of the page, to come back to
 * @throws Next's redirect to `/login` for whoever is not signed in
 */
export async function requireActor(path: string): Promise<Actor> {
  const session = await requireCustomer(path);
  return { session, client: clientNow(), browserId: await rememberBrowser() };
}
