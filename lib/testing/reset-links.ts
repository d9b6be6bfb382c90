import type { Client } from "@/lib/client/client";
import { db } from "@/lib/db/client";
import { requestReset } from "@/lib/recovery/request-reset";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { clientAt } from "@/lib/testing/people";

let next = 0;

/** A client on a network that no other test of the file uses. */
export const somewhere = () => clientAt(`10.8.${Math.floor(next / 250)}.${(next++ % 250) + 1}`);

/** Asks for a link and returns its token as the mail carries it; throws where none was made. */
export async function askForLink(email: string, client: Client = somewhere()): Promise<string> {
  const known = await linksTo(email);
  await requestReset(email, client);
  const made = (await linksTo(email)).find(({ id }) => !known.some((one) => one.id === id));
  if (made === undefined) throw new Error("No link was made.");
  return linkTokenOf("password reset", made) ?? "";
}

/** The links made for an address so far. */
export const linksTo = (email: string) =>
  db.passwordReset.findMany({ where: { account: { email } } });

/** The kinds of mail to an address so far, in the order of the alphabet. */
export async function mailsTo(recipient: string): Promise<string[]> {
  const mails = await db.mail.findMany({ where: { recipient }, select: { kind: true } });
  return mails.map(({ kind }) => kind).sort();
}
