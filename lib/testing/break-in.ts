import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { makeActor, signInFrom } from "@/lib/testing/actors";
import { laterHours } from "@/lib/testing/clock";
import { clientAt, cookieOf } from "@/lib/testing/people";

export type Actor = Awaited<ReturnType<typeof makeActor>>;

export const home = "203.0.113.7";
export const thiefsIp = "198.51.100.66";
export const owner = clientAt("192.0.2.200");

/** The link of the newest mail of a kind, to one recipient or any. */
export async function tokenIn(
  { session }: Actor,
  kind: string,
  recipient?: string,
): Promise<string> {
  const mail = await db.mail.findFirstOrThrow({
    where: { accountId: session.accountId, kind, recipient },
    orderBy: { createdAt: "desc" },
  });
  const link = await db.accountLink.findUniqueOrThrow({ where: { id: mail.notMeId ?? "" } });
  return linkTokenOf("not-me", link) ?? "";
}

/** Somebody with password and mailbox gets in from their own network, which is trusted by that. */
export async function breakIn({ session }: Actor) {
  const { accountId } = session;
  const asked = await signInFrom(accountId, thiefsIp);
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const client = clientAt(thiefsIp);
  const typed = codeOf(challenge) ?? "";
  await verifyCode({ typed, cookie: cookieOf(asked), shown: null, client });
  laterHours(0.01);
  return makeActor({ accountId, ip: thiefsIp });
}

export const accountOf = ({ session }: Actor) =>
  db.account.findUniqueOrThrow({ where: { id: session.accountId } });
export const placesOf = async ({ session }: Actor) => {
  const rows = await db.trustedPlace.findMany({ where: { accountId: session.accountId } });
  return rows.map(({ network }) => network).sort();
};
export const openSessions = ({ session }: Actor) =>
  db.session.count({ where: { accountId: session.accountId, endedAt: null } });
