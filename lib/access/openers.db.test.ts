import { expect, test } from "vitest";
import { type Opener, openerNames } from "@/lib/access/openers";
import { allBut, shutOut } from "@/lib/access/shut-out";
import { findLiveSession } from "@/lib/account/session-store";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { type KnownAs, reservePassword } from "@/lib/password/store";
import { resetPassword } from "@/lib/recovery/reset-password";
import { sendResetLink } from "@/lib/recovery/send-reset-link";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { signIn } from "@/lib/sign-in/sign-in";
import { usePass } from "@/lib/sign-in/use-pass";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { readCustomerPage } from "@/lib/support/customer-page";
import { grantHotlinePass } from "@/lib/support/hotline-pass";
import { supportPinOf } from "@/lib/support-pin/support-pin";
import {
  actorsPassword,
  addFurther,
  changeEmail,
  mailsOf,
  makeActor,
  signInFrom,
} from "@/lib/testing/actors";
import { startSignIn } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addPasskeyRow, addRecoveryCodes } from "@/lib/testing/factors";
import { clientAt, cookieOf, freshAddress, newBrowser, passwordProof } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { storeTrustedBrowser } from "@/lib/trusted-browser/store";
import { askToWiden } from "@/lib/widening/ask-to-widen";
import { confirmWidening } from "@/lib/widening/confirm-widening";

testDatabase();

type Actor = Awaited<ReturnType<typeof makeActor>>;
/** Gets one way in ready; asks then whether it gets anybody in. */
type Ready = (actor: Actor) => Promise<() => Promise<boolean>>;

const home = "203.0.113.7";
const elsewhere = clientAt("198.51.100.66");
const accountOf = (id: string) => db.account.findUniqueOrThrow({ where: { id } });

async function linkOf(
  accountId: string,
  purpose: "not-me" | "confirm-old-email" | "confirm-new-email",
) {
  const filter = { accountId, purpose };
  const link = await db.accountLink.findFirstOrThrow({
    where: filter,
    orderBy: { createdAt: "desc" },
  });
  return linkTokenOf(purpose, link);
}

async function pendingAt(accountId: string) {
  const asked = await signInFrom(accountId, elsewhere.ip ?? "");
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  return { challenge, cookie: cookieOf(asked) };
}

/** Whether an answer to the second step lets somebody in who knows the password. */
async function getsInBy(accountId: string, typed: string): Promise<boolean> {
  const asked = await signInFrom(accountId, elsewhere.ip ?? "");
  if (asked.kind !== "factor-asked") return false;
  const cookie = cookieOf(asked);
  return (await verifyCode({ typed, cookie, shown: null, client: elsewhere })).kind === "right";
}

const ways: Record<Opener, Ready[]> = {
  sessions: [
    async ({ session }) =>
      async () =>
        (await findLiveSession(session.id)) !== null,
  ],
  trustedBrowsers: [
    async ({ session: { accountId }, browserId }) => {
      const { userAgent } = elsewhere;
      const trusted = { accountId, browserId, userAgent, now: new Date() };
      const key = await storeTrustedBrowser(db, trusted);
      const proof = await passwordProof(accountId);
      const common = { accountId, proof, client: elsewhere, callbackPath: null, earlier: null };
      const show = () => signIn({ ...common, browserId, trustedBrowsers: [key] });
      return async () => (await show()).kind === "entered";
    },
  ],
  pendingCodes: [
    async ({ session: { accountId } }) => {
      const { challenge, cookie } = await pendingAt(accountId);
      const typed = codeOf(challenge) ?? "";
      const type = () => verifyCode({ typed, cookie, shown: null, client: elsewhere });
      return async () => (await type()).kind === "right";
    },
    async ({ session: { accountId } }) => {
      const { challenge, cookie } = await pendingAt(accountId);
      const { id, expiresAt: passUntil } = challenge;
      await db.challenge.update({ where: { id }, data: { passUntil } });
      return async () => (await usePass(cookie, elsewhere)).kind === "entered";
    },
    async ({ session: { accountId } }) => {
      const actor = await makeActor({ accountId, ip: home, codeProven: false });
      await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
      const filter = { sessionId: actor.session.id };
      const challenge = await db.challenge.findFirstOrThrow({ where: filter });
      const typed = codeOf(challenge) ?? "";
      return async () => (await confirmWidening(actor, typed, challenge.id)).kind === "done";
    },
  ],
  resetLinks: [
    async ({ session: { account }, client }) => {
      await inTransaction((tx) => sendResetLink(tx, account, client, new Date()));
      const filter = { accountId: account.id };
      const reset = await db.passwordReset.findFirstOrThrow({ where: filter });
      const token = linkTokenOf("password reset", reset);
      const press = () => resetPassword(token, "another long passphrase", elsewhere);
      return async () => (await press()).kind === "changed";
    },
  ],
  emailChanges: [
    async (actor) => {
      const { accountId } = actor.session;
      const wanted = freshAddress();
      await askEmailChange(actor, actorsPassword, wanted);
      const old = await linkOf(accountId, "confirm-old-email");
      const other = await linkOf(accountId, "confirm-new-email");
      return async () => {
        for (const token of [old, other]) await confirmByLink(token, elsewhere);
        return (await accountOf(accountId)).email === wanted;
      };
    },
  ],
  undoing: [
    async (actor) => {
      const { accountId, account } = actor.session;
      await changeEmail(actor, freshAddress());
      const filter = { accountId, purpose: "not-me", recipient: account.email };
      const undoes = { ...filter, targetId: { not: null } };
      const link = await db.accountLink.findFirstOrThrow({ where: undoes });
      return async () => {
        await pressNotMe(linkTokenOf("not-me", link), elsewhere);
        return (await accountOf(accountId)).email === account.email;
      };
    },
  ],
  notMeLinks: [
    async ({ session: { accountId } }) => {
      await signInFrom(accountId, home);
      const token = await linkOf(accountId, "not-me");
      return async () => (await pressNotMe(token, elsewhere)).kind === "secured";
    },
  ],
  furtherAddresses: [
    async ({ session: { accountId } }) => {
      const recipient: string = freshAddress();
      await addFurther(accountId, recipient);
      return async () => {
        await pendingAt(accountId);
        const codes = await mailsOf(accountId, "sign-in-code");
        return codes.some((mail) => mail.recipient === recipient);
      };
    },
  ],
  places: [
    async ({ session: { accountId } }) =>
      async () =>
        (await signInFrom(accountId, home)).kind === "entered",
  ],
  seenBrowsers: [
    async ({ session: { account } }) => {
      const browserId = newBrowser();
      await signInFrom(account.id, home, browserId);
      const asked = { email: account.email, ip: home, browserId, now: new Date(), limit: 20 };
      const countsOf = ({ browserKnown }: KnownAs) => [
        { key: `known ${browserKnown}`, subject: "" },
      ];
      const nothing = { columns: Prisma.empty, joined: Prisma.empty };
      return async () => {
        const { counts } = await reservePassword(db, asked, countsOf, nothing);
        return counts[0]?.key === "known true";
      };
    },
  ],
  phone: [
    async ({ session: { accountId: id } }) => {
      const data = { phone: "+351215550100", phoneChangedAt: new Date(0) };
      await db.account.update({ where: { id }, data });
      const staff = await makeStaff("support");
      return async () => (await readCustomerPage(staff, id, null))?.pass.callBack !== null;
    },
  ],
  authenticatorApps: [
    async ({ session: { accountId } }) => {
      const app = await addApp(accountId);
      return () => getsInBy(accountId, app.codeNow());
    },
  ],
  passkeys: [
    async ({ session: { accountId } }) => {
      await addPasskeyRow(accountId);
      return async () => (await signInFrom(accountId, elsewhere.ip ?? "")).kind === "factor-asked";
    },
  ],
  recoveryCodes: [
    async ({ session: { accountId } }) => {
      await addApp(accountId);
      const [code = ""] = await addRecoveryCodes(accountId);
      return () => getsInBy(accountId, code);
    },
  ],
  supportPin: [
    async ({ session: { accountId: customerId } }) => {
      const staff = await makeStaff("support");
      const { reference } = await startSignIn(customerId, elsewhere.ip ?? "");
      const pin = supportPinOf(await accountOf(customerId));
      const reason = "Caller could not get in, identity checked";
      const ask = { staff, customerId, reference, pin, calledBack: false, reason };
      return async () => (await grantHotlinePass(ask)).kind === "granted";
    },
  ],
  password: [
    async ({ session: { accountId } }) =>
      async () =>
        (await signInFrom(accountId, home)).kind === "entered",
  ],
};

for (const name of openerNames) {
  test(`${name} open an account, and nobody gets in by them once everybody is shut out`, async () => {
    for (const ready of ways[name]) {
      const opens = await ready(await makeActor({ ip: home }));
      expect(await opens()).toBe(true);
      const actor = await makeActor({ ip: home });
      const { accountId } = actor.session;
      const noLonger = await ready(actor);
      const shut = { because: "not-me", keep: { ways: allBut(name) }, now: new Date() } as const;
      const out = await inTransaction(async (tx) => {
        await lockSubject(tx, accountId);
        return shutOut(tx, accountId, shut);
      });
      expect(Object.entries(out).filter(([, count]) => count > 0)).toEqual([
        [name, expect.any(Number)],
      ]);
      expect(await noLonger()).toBe(false);
    }
  });
}
