import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type StaffRole, staffRoles } from "@/lib/account/roles";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { database } from "@/lib/db/transaction";
import { resetEnvironment } from "@/lib/env/env";
import { codeOf } from "@/lib/secrets/code";
import { STAFF_SESSION_HOURS } from "@/lib/secrets/limits";
import { findLiveSessions } from "@/lib/sessions/store";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { activitiesOf, actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, newBrowser, otherCode, passwordProof } from "@/lib/testing/people";
import { storeTrustedBrowser } from "@/lib/trusted-browser/store";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

afterEach(() => {
  delete process.env.VERIFICATION_MODE;
  resetEnvironment();
});

const home = "203.0.113.7";

type Actor = Awaited<ReturnType<typeof makeActor>>;
type Shown = { browserId?: string; trustedBrowsers?: { id: string; generation: number }[] };

async function signInAs({ session }: Actor, shown: Shown = {}, ip = home) {
  const { accountId } = session;
  const proof = await passwordProof(accountId);
  const { browserId = newBrowser(), trustedBrowsers } = shown;
  const common = { accountId, proof, callbackPath: null, earlier: null };
  return signIn({ ...common, client: clientAt(ip), browserId, trustedBrowsers });
}

/** A member of staff without a second factor yet: they are asked for a code, as those with one for that. */
async function makeNewcomer(role: StaffRole): Promise<Actor> {
  const actor = await makeActor();
  await db.account.update({ where: { id: actor.session.accountId }, data: { role } });
  return actor;
}

/** Types the right code of a sign-in, with "Trust this place" ticked. */
async function typeCode(outcome: Awaited<ReturnType<typeof signIn>>, ip = home) {
  if (outcome.kind !== "code-asked") throw new Error(`The sign-in was ${outcome.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  const common = { cookie: cookieOf(outcome), shown: null, trust: true };
  return verifyCode({ ...common, typed: codeOf(challenge) ?? "", client: clientAt(ip) });
}

/** The session that a code began, besides the one an actor has from the start. */
async function sessionOfCode({ session }: Actor) {
  const { accountId, id } = session;
  return db.session.findFirstOrThrow({ where: { accountId, id: { not: id } } });
}

describe.each(["off", "observe", "enforce"])("VERIFICATION_MODE=%s", (mode) => {
  beforeEach(() => {
    process.env.VERIFICATION_MODE = mode;
    resetEnvironment();
  });

  test.each(staffRoles)(
    "S0a %s is asked for a code at every sign-in from a trusted place",
    async (role) => {
      const staff = await makeNewcomer(role);
      const browserId = newBrowser();
      for (let times = 1; times <= 3; times += 1) {
        laterHours(times);
        const asked = await signInAs(staff, { browserId });
        expect(asked.kind).toBe("code-asked");
        expect(await mailsOf(staff.session.accountId, "sign-in-code")).toHaveLength(times);
        expect((await typeCode(asked)).kind).toBe("right");
      }
    },
  );

  test("S0a a trusted browser of staff opens nothing, from nowhere", async () => {
    const actor = await makeActor();
    await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
    const { accountId } = actor.session;
    const key = await db.trustedBrowser.findFirstOrThrow({ where: { accountId } });
    const shown = { browserId: actor.browserId, trustedBrowsers: [key] };
    expect((await signInAs(actor, shown, "198.51.100.1")).kind).toBe("entered");
    laterHours(1);
    await db.account.update({ where: { id: accountId }, data: { role: "support" } });
    const again = await db.trustedBrowser.findFirstOrThrow({ where: { accountId } });
    const now = { ...shown, trustedBrowsers: [again] };
    expect((await signInAs(actor, now, "198.51.100.1")).kind).toBe("code-asked");
    expect((await signInAs(actor, now, home)).kind).toBe("code-asked");
  });

  test("a right code of staff trusts no place, records none and mails none", async () => {
    const staff = await makeNewcomer("support");
    const { accountId } = staff.session;
    const elsewhere = "198.51.100.2";
    expect((await typeCode(await signInAs(staff, {}, elsewhere), elsewhere)).kind).toBe("right");
    expect(await db.trustedPlace.findMany({ where: { accountId } })).toMatchObject([
      { network: home },
    ]);
    expect(await mailsOf(accountId, "place-trusted")).toEqual([]);
    expect(await activitiesOf(accountId)).toEqual([]);
    laterHours(1);
    expect((await signInAs(staff, {}, elsewhere)).kind).toBe("code-asked");
  });

  test("page and mail say to staff why they are asked everywhere, and offer no trust", async () => {
    const staff = await makeNewcomer("support");
    const asked = await signInAs(staff);
    if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
    expect(await readPendingPage(cookieOf(asked))).toMatchObject({ isOfStaff: true });
    const [mail] = await mailsOf(staff.session.accountId, "sign-in-code");
    expect(mail?.facts).toMatchObject({ about: { role: "support" } });
  });

  test("S0 a password that was switched off asks staff for no code", async () => {
    const staff = await makeNewcomer("admin");
    const { accountId } = staff.session;
    await db.account.update({ where: { id: accountId }, data: { passwordOffAt: start } });
    expect((await signInAs(staff)).kind).toBe("password-off");
    expect(await mailsOf(accountId, "sign-in-code")).toEqual([]);
  });
});

test("where nobody is asked, staff alone are", async () => {
  process.env.VERIFICATION_MODE = "off";
  resetEnvironment();
  const elsewhere = "198.51.100.3";
  expect((await signInAs(await makeActor(), {}, elsewhere)).kind).toBe("entered");
  expect((await signInAs(await makeNewcomer("marketing"), {}, elsewhere)).kind).toBe("code-asked");
});

test("a browser trusted before somebody joined the staff is not renewed by their sign-ins", async () => {
  const staff = await makeNewcomer("support");
  const { accountId } = staff.session;
  const browserId = newBrowser();
  const browser = { accountId, browserId, userAgent: "", now: start };
  const key = await storeTrustedBrowser(database, browser);
  laterHours(1);
  await typeCode(await signInAs(staff, { browserId, trustedBrowsers: [key] }));
  const row = await db.trustedBrowser.findUniqueOrThrow({ where: { id: key.id } });
  expect(row).toMatchObject({ generation: key.generation, lastUsedAt: start });
});

test.each(staffRoles)(
  "a session of %s ends after 12 hours, however often it is used",
  async (role: StaffRole) => {
    const staff = await makeNewcomer(role);
    await typeCode(await signInAs(staff));
    const { id } = await sessionOfCode(staff);
    for (let hours = 1; hours < STAFF_SESSION_HOURS; hours += 1) {
      laterHours(hours);
      expect(await findLiveSession(id)).not.toBeNull();
    }
    laterHours(STAFF_SESSION_HOURS - 0.001);
    expect(await findLiveSession(id)).not.toBeNull();
    laterHours(STAFF_SESSION_HOURS);
    expect(await findLiveSession(id)).toBeNull();
    expect(await findLiveSessions(db, staff.session.accountId, new Date())).toEqual([]);
  },
);

test("a customer's session goes on", async () => {
  const customer = await makeActor({ trusted: [] });
  await typeCode(await signInAs(customer));
  const { id } = await sessionOfCode(customer);
  laterHours(STAFF_SESSION_HOURS * 3);
  expect(await findLiveSession(id)).not.toBeNull();
  await db.account.update({
    where: { id: customer.session.accountId },
    data: { role: "support" },
  });
  expect(await findLiveSession(id)).toBeNull();
});

test("the session of staff counts as proven by a code, as their pages ask", async () => {
  const staff = await makeNewcomer("support");
  await typeCode(await signInAs(staff));
  const session = await sessionOfCode(staff);
  expect(session).toMatchObject({ because: "code", codeProvenAt: start });
});

test("S0b three wrong codes block staff at a trusted place too, and there alone", async () => {
  const staff = await makeNewcomer("support");
  const asked = await signInAs(staff);
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const typed = otherCode(codeOf(challenge) ?? "");
  const wrong = { typed, cookie: cookieOf(asked), shown: null, client: clientAt(home) };
  const kinds: string[] = [];
  for (let times = 0; times < 3; times += 1) kinds.push((await verifyCode(wrong)).kind);
  expect(kinds).toEqual(["wrong", "wrong", "blocked"]);
  expect((await signInAs(staff)).kind).toBe("blocked");
  expect((await signInAs(staff, {}, "198.51.100.4")).kind).toBe("code-asked");
  laterHours(1);
  expect((await signInAs(staff)).kind).toBe("code-asked");
});
