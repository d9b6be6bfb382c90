import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { endCauses, pendingEnds } from "@/lib/access/rules/causes";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { listActivities } from "@/lib/history/list-activities";
import { listSignIns } from "@/lib/history/list-sign-ins";
import { loadMessages } from "@/lib/i18n/load-messages";
import { locales } from "@/lib/i18n/locales";
import { hashPassword } from "@/lib/password/password-hash";
import { endOwnSession } from "@/lib/sessions/end-sessions";
import { listTimeline } from "@/lib/support/timeline";
import { actorsPassword, makeActor, signInFrom } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { sharedIp, takers } from "@/lib/testing/taking-away";
import { trustBrowser } from "@/lib/trusted-browser/trust-browser";

testDatabase();

/** A customer with a session in the history and a browser whose trust stands among the activities. */
async function customer() {
  const passwordHash = await hashPassword(actorsPassword);
  const account = await makeAccount({ trusted: [sharedIp], passwordHash });
  const { id: accountId } = account;
  const entered = await signInFrom(accountId, sharedIp);
  if (entered.kind !== "entered") throw new Error(`The sign-in was ${entered.kind}.`);
  const actor = await makeActor({ accountId, ip: sharedIp });
  await inTransaction((tx) => trustBrowser(tx, actor, new Date()));
  return { account, actor, sessionId: entered.sessionId };
}

type Customer = Awaited<ReturnType<typeof customer>>;

/** What the pages say of the end of both: the customer's two, and support's one. */
async function causesOf({ account, actor: { session } }: Customer) {
  const { signIns } = await listSignIns(session, { filter: "in", after: null });
  const { activities } = await listActivities(session, null);
  const { timeline } = await listTimeline(
    db,
    account.id,
    { after: null, view: "all" },
    (email) => email,
  );
  const causeOf = (one?: { ended?: { because: string | null } | null }) =>
    one?.ended == null ? "lives" : one.ended.because;
  const signIn = timeline.find((one) => one.source === "sign-in" && one.verdict === "entered");
  const trusted = timeline.find(
    (one) => one.source === "activity" && one.kind === "browser-trusted",
  );
  return {
    session: [causeOf(signIns[0]), causeOf(signIn?.source === "sign-in" ? signIn : undefined)],
    browser: [
      causeOf(activities.find(({ kind }) => kind === "browser-trusted")),
      causeOf(trusted?.source === "activity" ? trusted : undefined),
    ],
  };
}

const causes = {
  "“That was not me”": ["not-me", "not-me"],
  "support switches the password off": ["switched-off", "switched-off"],
  "a case is carried out": ["case", "case"],
  "the place is removed": ["place-removed", "lives"],
  "support forgets the place": ["place-forgotten-by-support", "lives"],
  "an invitation to the staff is accepted": ["role-changed", "role-changed"],
  "a new password by a mailed link": ["password-reset", "password-reset"],
  "a new password that signs out everywhere else": ["password-changed", "password-changed"],
} as const;

for (const [name, [session, browser]] of Object.entries(causes)) {
  test(`${name}: history, activity and timeline say so, and nothing else`, async () => {
    const who = await customer();
    const press = await takers[name]?.prepare(who.account);
    await press?.();
    expect(await causesOf(who)).toEqual({
      session: [session, session],
      browser: [browser, browser],
    });
  });
}

test("a session that its owner ended says so, and what lives says nothing", async () => {
  const who = await customer();
  const alive = { session: ["lives", "lives"], browser: ["lives", "lives"] };
  expect(await causesOf(who)).toEqual(alive);
  await endOwnSession(who.actor, who.sessionId);
  expect(await causesOf(who)).toEqual({ ...alive, session: ["removed", "removed"] });
});

test("what ended before its cause was noted, or says one of another version, is shown without", async () => {
  for (const endedBecause of [null, "of another version"]) {
    const who = await customer();
    const data = { endedAt: new Date(), endedBecause };
    await db.session.update({ where: { id: who.sessionId }, data });
    expect((await causesOf(who)).session).toEqual([null, null]);
  }
});

test("every cause has words of its own in every language", async () => {
  for (const locale of locales) {
    const messages = await loadMessages(locale);
    const t = createTranslator({ locale, messages, namespace: "history.ended.why" });
    const words = endCauses.map((cause) => t(cause));
    expect(new Set(words).size).toBe(new Set(endCauses).size);
    const verify = createTranslator({ locale, messages, namespace: "verify.errors.shutOut" });
    expect(new Set(pendingEnds.map((end) => verify(end))).size).toBe(pendingEnds.length);
  }
});
