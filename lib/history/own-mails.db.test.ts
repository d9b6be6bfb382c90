import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { listSignIns } from "@/lib/history/list-sign-ins";
import { listOwnMails } from "@/lib/history/own-mails";
import { signIn } from "@/lib/sign-in/sign-in";
import { addFurther, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, freshAddress, newBrowser, passwordProof } from "@/lib/testing/people";

testDatabase();

/** A customer who was asked for a code from a new network, and the mails with it. */
async function asked() {
  const { session } = await makeActor();
  const { accountId } = session;
  await addFurther(accountId, freshAddress());
  const outcome = await signIn({
    accountId,
    proof: await passwordProof(accountId),
    client: clientAt("198.51.100.7"),
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  });
  expect(outcome.kind).toBe("code-asked");
  const filter = { accountId, kind: "sign-in-code" };
  const mails = await db.mail.findMany({ where: filter, orderBy: { createdAt: "asc" } });
  return { session, mails };
}

const change = (
  mail: { id: string; createdAt: Date },
  state: string,
  seconds: number,
  more = {},
) => {
  const at = new Date(mail.createdAt.getTime() + seconds * 1000);
  const noted = { at, notedAt: at, source: "webhook" };
  return db.mailChange.create({ data: { mailId: mail.id, state, ...noted, ...more } });
};

/** What is shown of a mail's way. */
const steps = ({ way }: { way: { state: string; seconds: number; reason: string }[] }) =>
  way.map(({ state, seconds, reason }) => [state, seconds, reason]);

/** Moves a sign-in and its mails so far into the past that all of their ways have happened. */
async function anHourAgo(accountId: string) {
  await db.$executeRaw`UPDATE mail SET created_at = created_at - interval '1 hour' WHERE account_id = ${accountId}::uuid`;
}

test("a customer sees what became of each of their mails, and how long it took", async () => {
  const { session, mails } = await asked();
  await anHourAgo(session.accountId);
  const [first, second] = await db.mail.findMany({
    where: { id: { in: mails.map(({ id }) => id) } },
    orderBy: { recipient: "asc" },
  });
  if (first === undefined || second === undefined) throw new Error("There are not two mails.");
  await change(first, "accepted", 2);
  await change(first, "delivered", 4);
  await change(second, "refused", 3, { reason: "full", words: "not for customers" });
  const listed = await listOwnMails(session);
  const of = (id: string) => listed.find((mail) => mail.id === id);
  const [one, other] = [of(first.id), of(second.id)];
  expect(one && steps(one)).toEqual([
    ["accepted", 2, "other"],
    ["delivered", 4, "other"],
  ]);
  expect(other && steps(other)).toEqual([["refused", 3, "full"]]);
  const stranger = await asked();
  expect((await listOwnMails(stranger.session)).map(({ id }) => id)).not.toContain(first.id);
});

test("the history says of a sign-in that asked for a code what became of its mails, and of no other", async () => {
  const { session, mails } = await asked();
  const [mail] = mails;
  if (mail === undefined) throw new Error("There is no mail.");
  await change(mail, "accepted", 0);
  const { signIns } = await listSignIns(session, { filter: "all", after: null });
  const [latest, ...before] = signIns;
  expect(latest?.verdict).toBe("askedForCode");
  expect(latest?.codeMails.map(({ id }) => id).sort()).toEqual(mails.map(({ id }) => id).sort());
  expect(before.flatMap(({ codeMails }) => codeMails)).toEqual([]);
});
