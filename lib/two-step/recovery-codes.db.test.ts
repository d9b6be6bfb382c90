import { expect, test, vi } from "vitest";
import type { Actor } from "@/lib/account/actor";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { judgeTypedFactor } from "@/lib/factors/judge-factor";
import { activitiesOf, actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp } from "@/lib/testing/factors";
import { askAlways } from "@/lib/two-step/change-asking";
import { areLiveCodes } from "@/lib/two-step/make-recovery-codes";
import { readTwoStep } from "@/lib/two-step/two-step-page";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

const idOf = ({ session }: Actor) => session.accountId;
const make = (actor: Actor, password = actorsPassword) =>
  askToWiden(actor, password, { kind: "make-recovery-codes" });

async function withFactor(options: Parameters<typeof makeActor>[0] = {}): Promise<Actor> {
  const actor = await makeActor(options);
  await addApp(idOf(actor));
  await db.session.updateMany({
    where: { id: actor.session.id },
    data: { factorProvenAt: start },
  });
  return actor;
}

async function made(actor: Actor): Promise<string[]> {
  const outcome = await make(actor);
  if (outcome.kind !== "done" || outcome.result.kind !== "codes-made") {
    throw new Error("No codes were made.");
  }
  return outcome.result.codes;
}

test("ten codes of four groups of four are made; each is right, and none of them is stored", async () => {
  const actor = await withFactor();
  const codes = await made(actor);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) {
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){3}$/);
    expect((await judgeTypedFactor(db, idOf(actor), code, start)).kind).toBe("right");
  }
  const rows = await db.recoveryCode.findMany({ where: { accountId: idOf(actor) } });
  const stored = rows.map(({ hash }) => Buffer.from(hash).toString("latin1")).join();
  for (const code of codes) expect(stored).not.toContain(code.replaceAll("-", ""));
  expect(await mailsOf(idOf(actor), "recovery-codes-made")).toHaveLength(1);
  expect((await activitiesOf(idOf(actor))).map(({ kind }) => kind)).toEqual([
    "recovery-codes-made",
  ]);
  const account = { ...actor.session.account, hasFactor: true };
  const page = await readTwoStep({ ...actor.session, account });
  expect(page.codes).toEqual({ left: 10, of: 10, madeAt: start });
});

test("new codes end those of before", async () => {
  const actor = await withFactor();
  const [before = ""] = await made(actor);
  await made(actor);
  expect((await judgeTypedFactor(db, idOf(actor), before, start)).kind).toBe("wrong");
  expect(await db.recoveryCode.count({ where: { accountId: idOf(actor) } })).toBe(10);
});

test("they need the password, and a factor that they stand in for", async () => {
  const actor = await withFactor();
  expect((await make(actor, "wrong")).kind).toBe("password-wrong");
  expect((await make(actor, "")).kind).toBe("password-missing");
  const without = await makeActor();
  expect(await make(without)).toEqual({ kind: "done", result: { kind: "codes-need-factor" } });
  expect(await db.recoveryCode.count({ where: { accountId: idOf(without) } })).toBe(0);
});

test("a session that has proven no factor makes none", async () => {
  const actor = await makeActor();
  await addApp(idOf(actor));
  expect((await make(actor)).kind).toBe("factor-asked");
  expect(await db.recoveryCode.count({ where: { accountId: idOf(actor) } })).toBe(0);
});

test("codes and apps outlive a rotation of AUTH_SECRET", async () => {
  const actor = await withFactor();
  const [code = ""] = await made(actor);
  const app = await addApp(idOf(actor));
  vi.stubEnv("AUTH_SECRET", `${"n".repeat(40)},${process.env.AUTH_SECRET}`);
  resetEnvironment();
  try {
    expect((await judgeTypedFactor(db, idOf(actor), code, start)).kind).toBe("right");
    expect((await judgeTypedFactor(db, idOf(actor), app.codeNow(), start)).kind).toBe("right");
    const newer = await addApp(idOf(actor));
    expect((await judgeTypedFactor(db, idOf(actor), newer.codeNow(), start)).kind).toBe("right");
  } finally {
    vi.unstubAllEnvs();
    resetEnvironment();
  }
});

test("a file is made of codes that open this account, and of no others", async () => {
  const actor = await withFactor();
  const codes = await made(actor);
  const stranger = await withFactor();
  expect(await areLiveCodes(actor.session, codes)).toBe(true);
  expect(await areLiveCodes(stranger.session, codes)).toBe(false);
  expect(await areLiveCodes(actor.session, [])).toBe(false);
  expect(await areLiveCodes(actor.session, [...codes.slice(1), "AAAA-AAAA-AAAA-AAAA"])).toBe(false);
  await db.recoveryCode.updateMany({ where: { accountId: idOf(actor) }, data: { usedAt: start } });
  expect(await areLiveCodes(actor.session, codes)).toBe(false);
});

const alwaysOf = async (actor: Actor) =>
  (await db.account.findUniqueOrThrow({ where: { id: idOf(actor) } })).factorAlways;

test("asking always takes the password alone, and asking less a session that has proven a factor", async () => {
  const actor = await makeActor();
  await addApp(idOf(actor));
  expect((await askAlways(actor, "wrong")).kind).toBe("password-wrong");
  expect((await askAlways(actor, "")).kind).toBe("password-missing");
  expect(await alwaysOf(actor)).toBe(false);
  expect((await askAlways(actor, actorsPassword)).kind).toBe("asked-always");
  expect((await askAlways(actor, actorsPassword)).kind).toBe("asking-unchanged");
  expect(await alwaysOf(actor)).toBe(true);
  const less = () => askToWiden(actor, actorsPassword, { kind: "ask-at-new-places" });
  expect((await less()).kind).toBe("factor-asked");
  expect(await alwaysOf(actor)).toBe(true);
  await db.session.updateMany({ data: { factorProvenAt: start } });
  expect(await less()).toMatchObject({ result: { kind: "asked-at-new-places" } });
  expect(await less()).toMatchObject({ result: { kind: "asking-unchanged" } });
  expect(await alwaysOf(actor)).toBe(false);
  const mails = await mailsOf(idOf(actor), "factor-asking-changed");
  expect(mails.map(({ facts }) => facts)).toMatchObject([
    { about: { asking: "always" } },
    { about: { asking: "new-places" } },
  ]);
});

test("without a factor there is nothing to ask for", async () => {
  const actor = await makeActor();
  expect((await askAlways(actor, actorsPassword)).kind).toBe("asking-unchanged");
  expect(await alwaysOf(actor)).toBe(false);
});
