import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { closeAccount } from "@/lib/closing/close-account";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { removeAddress } from "@/lib/contact/change-addresses";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { letIn } from "@/lib/let-in/let-in";
import { root } from "@/lib/machine/project.mjs";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { changePassword } from "@/lib/recovery/change-password";
import { endOtherSessions } from "@/lib/sessions/end-sessions";
import { actorsPassword, addFurther, makeActor, signInFrom } from "@/lib/testing/actors";
import { owner, tokenIn } from "@/lib/testing/break-in";
import { laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addPasskeyRow, addRecoveryCodes } from "@/lib/testing/factors";
import { freshAddress } from "@/lib/testing/people";
import { askAlways } from "@/lib/two-step/change-asking";
import { narrowPasskey } from "@/lib/two-step/change-passkey";
import { endDueFactors } from "@/lib/two-step/end-due-factors";
import { keepFactors } from "@/lib/two-step/keep-factors";
import { removeFactor } from "@/lib/two-step/remove-factor";
import { turnOnApp } from "@/lib/two-step/turn-on-app";
import { askToWiden } from "@/lib/widening/ask-to-widen";
import type { WideningRequest } from "@/lib/widening/widening-request";

testDatabase();
stoppedClock();

type Actor = Awaited<ReturnType<typeof makeActor>>;

/** An account whose very first factor is announced to end, and whoever has set the new password since. */
async function announced() {
  const victim = await makeActor();
  const { accountId, id: sessionId } = victim.session;
  const app = await addApp(accountId);
  const data = { confirmedAt: null, lastStep: 1, sessionId };
  await db.authenticatorApp.update({ where: { id: app.id }, data });
  const name = "Phone";
  await inTransaction((tx) => turnOnApp(tx, victim, { appId: app.id, name }, new Date()));
  await pressNotMe(await tokenIn(victim, "factor-added"), owner);
  return { victim, accountId, app };
}

async function signedIn(accountId: string): Promise<Actor> {
  await db.account.update({ where: { id: accountId }, data: { passwordOffAt: null } });
  return makeActor({ accountId });
}

const widening: WideningRequest[] = [
  { kind: "add-place", network: "198.51.100.0/24", name: null },
  { kind: "trust-browser" },
  { kind: "add-address", email: "second@example.com" },
  { kind: "change-email", email: "other@example.com" },
  { kind: "set-phone", phone: null },
  { kind: "turn-on-app", appId: "00000000-0000-0000-0000-000000000000", name: "Another" },
  { kind: "make-recovery-codes" },
  { kind: "ask-at-new-places" },
];

const nothing = { signsIn: false, isSecondStep: true };

/** What changes who gets into an account, by the file whose step it is. */
const waits: Record<string, { file: string; act: (actor: Actor) => Promise<{ kind: string }> }> = {
  ...Object.fromEntries(
    widening.map((request) => [
      `asking to ${request.kind}`,
      {
        file: "lib/widening/ask-to-widen.ts",
        act: (actor: Actor) => askToWiden(actor, actorsPassword, request),
      },
    ]),
  ),
  "removing a second step": {
    file: "lib/two-step/remove-factor.ts",
    act: async (actor) => {
      const { accountId } = actor.session;
      const { id } = await db.authenticatorApp.findFirstOrThrow({ where: { accountId } });
      const [answer = ""] = await addRecoveryCodes(accountId);
      return removeFactor(actor, { what: "app", id, password: actorsPassword, answer });
    },
  },
  "asking at every sign-in": {
    file: "lib/two-step/change-asking.ts",
    act: (actor) => askAlways(actor, actorsPassword),
  },
  "taking from a passkey what it may do": {
    file: "lib/two-step/change-passkey.ts",
    act: async (actor) => {
      const { id } = await addPasskeyRow(actor.session.accountId);
      return narrowPasskey(actor, actorsPassword, { id, ...nothing });
    },
  },
  "removing an address, which could still object": {
    file: "lib/contact/change-addresses.ts",
    act: async (actor) =>
      removeAddress(actor, await addFurther(actor.session.accountId, freshAddress())),
  },
  "another contact e-mail": {
    file: "lib/contact/ask-email-change.ts",
    act: (actor) => askEmailChange(actor, actorsPassword, freshAddress()),
  },
  "closing the account": {
    file: "lib/closing/close-account.ts",
    act: (actor) => closeAccount(actor, actorsPassword),
  },
};

/** What a signed-in customer may do all the same, and why. */
const goesOn: Record<string, string> = {
  "lib/two-step/keep-factors.ts": "keeps the factor, for whoever has shown it",
  "lib/widening/confirm-widening.ts": "what was asked for: nothing else than to keep it",
  "lib/let-in/let-in.ts": "never of an account with a second factor",
  "lib/recovery/change-password.ts": "takes access from others",
  "lib/sessions/end-sessions.ts": "takes access from others",
  "lib/places/remove-place.ts": "takes access from others",
  "lib/trusted-browser/forget-browser.ts": "takes access from others",
  "lib/places/rename-place.ts": "what something is called",
  "lib/contact/save-details.ts": "what somebody is called, language and time zone",
  "lib/sessions/notify-of-new-browsers.ts": "what is mailed",
  "lib/export/export-data.ts": "changes nothing",
  "lib/two-step/add-app.ts": "an app counts for nothing before it is turned on",
  "lib/two-step/add-passkey.ts": "what a browser made by itself opens nothing",
  "lib/two-step/check-up.ts": "when something is asked",
};

test("every step of a signed-in customer waits here, or says why it need not", () => {
  const files = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" })
    .map((file) => `lib/${file.replaceAll("\\", "/")}`)
    .filter((file) => /(?<!\.test)\.ts$/.test(file) && !file.startsWith("lib/generated"))
    .filter((file) => /\basCustomer\(/.test(readFileSync(join(root, file), "utf8")));
  const waiting = Object.values(waits).map(({ file }) => file);
  expect(files.sort()).toEqual([...new Set([...waiting, ...Object.keys(goesOn)])].sort());
});

test.each(Object.keys(waits))("%s waits while a factor is announced to end", async (name) => {
  const { accountId } = await announced();
  const act = waits[name]?.act;
  const actor = await signedIn(accountId);
  expect(actor.session.factorProvenAt).not.toBeNull();
  expect(await act?.(actor)).toEqual({ kind: "frozen" });
  expect(await db.authenticatorApp.count({ where: { accountId, confirmedAt: {} } })).toBe(1);
  // Once it is settled it goes its way again.
  expect((await keepFactors(actor)).kind).toBe("kept");
  expect((await act?.(actor))?.kind).not.toBe("frozen");
});

test("once the day is over nothing waits any more", async () => {
  const { accountId } = await announced();
  laterHours(24);
  // Due, and not carried out yet.
  expect(await closeAccount(await signedIn(accountId), actorsPassword)).toEqual({ kind: "frozen" });
  await endDueFactors();
  expect(await closeAccount(await signedIn(accountId), actorsPassword)).toEqual({ kind: "asked" });
});

test("what takes access from others goes on, and nobody is let in", async () => {
  const { accountId } = await announced();
  const actor = await signedIn(accountId);
  await makeActor({ accountId });
  expect((await endOtherSessions(actor)).kind).toBe("ended");
  const number = { number: "12", password: actorsPassword };
  expect((await letIn(actor, number)).kind).toBe("factor");
  const passwords = { currentPassword: actorsPassword, newPassword: "another long passphrase" };
  const changed = await changePassword({ ...actor, ...passwords, signOutElsewhere: false });
  expect(changed.kind).toBe("changed");
});

test("before a new password is set nobody is in at all, so that nothing can be changed", async () => {
  const { victim, accountId } = await announced();
  expect(await findLiveSession(victim.session.id)).toBeNull();
  expect(await db.session.count({ where: { accountId, endedAt: null } })).toBe(0);
  expect((await signInFrom(accountId, "203.0.113.7")).kind).toBe("password-off");
});
