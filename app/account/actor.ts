import { headers } from "next/headers";
import type { Actor } from "@/lib/account/actor";
import { rememberBrowser } from "@/lib/auth/browser-cookie";
import { requireCustomer } from "@/lib/auth/session";
import { clientOf } from "@/lib/sign-in/client-ip";

/**
 * Who sends a form of the customer area, and from where.
 *
 * @param path of the page, to come back to
 * @throws Next's redirect to `/login` for whoever is not signed in
 */
export async function requireActor(path: string): Promise<Actor> {
  const session = await requireCustomer(path);
  return { session, client: clientOf(await headers()), browserId: await rememberBrowser() };
}
