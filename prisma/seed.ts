import { randomBytes } from "node:crypto";
import { allBut, factors, shutOut } from "@/lib/access/shut-out";
import { isStaff } from "@/lib/account/roles";
import { readClock } from "@/lib/clock";
import { readSecrets, updateSecrets } from "@/lib/data-directory/secrets.mjs";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { hashPassword, isPassword } from "@/lib/password/password-hash";
import { keepDemoApp } from "@/prisma/demo/app";
import { chloe } from "@/prisma/demo/case";
import { diego, maria, tomas } from "@/prisma/demo/customers";
import { type DemoCharacter, setDemoPassword, staffCharacter } from "@/prisma/demo/person";
import { endDemoTexts, makeDemoTexts } from "@/prisma/demo/texts";

/** One of the people of a demo installation, for the banner; null: they chose another since. */
export type DemoPerson = {
  role: string;
  email: string;
  password: string | null;
  /** Of staff: the key of their authenticator app, in groups of four. */
  appKey?: string | null;
};

const people: DemoCharacter[] = [
  maria,
  tomas,
  chloe,
  diego,
  staffCharacter("support", "sofia@example.com", "Sofia Nowak"),
  staffCharacter("admin", "adam@example.com", "Adam Keller"),
  staffCharacter("marketing", "mila@example.com", "Mila Santos"),
];

/**
 * Makes the demo people once, each with a story, and what some have written of mails. Their passwords
 * belong to this installation.
 *
 * @returns those that are ours: where somebody else has an address in this database, nobody's account is
 *   touched
 */
export async function seedDemo(): Promise<DemoPerson[]> {
  const seeded: DemoPerson[] = [];
  for (const person of people) seeded.push(...(await seedPerson(person)));
  await makeDemoTexts(readClock());
  return seeded;
}

async function seedPerson(person: DemoCharacter): Promise<DemoPerson[]> {
  const { dataDir } = env();
  const { email, role, story } = person;
  const now = readClock();
  const known = readSecrets(dataDir).demoPasswords?.[email];
  const password = known ?? makePassword(dataDir, email);
  const existing = await db.account.findUnique({ where: { email } });
  if (existing === null) await person.make(now, await hashPassword(password));
  else if (!existing.demo) return [];
  else if (known === undefined || existing.passwordHash === null) {
    await setDemoPassword(existing.id, password, now);
    await db.account.update({ where: { email }, data: { role } });
  }
  await keepStory(person, now, "start");
  const appKey = isStaff(role) ? { appKey: await appKeyOf(email, now) } : {};
  const changed = existing !== null && (await isChanged(email, password));
  const isOver = changed && person.endsWithPassword;
  return [{ role: isOver ? role : story, email, password: changed ? null : password, ...appKey }];
}

async function appKeyOf(email: string, now: Date): Promise<string | null> {
  const { id: accountId } = await db.account.findUniqueOrThrow({ where: { email } });
  return keepDemoApp({ accountId, email }, env().dataDir, now);
}

/**
 * Keeps what the banner says of the demo people true while it runs, in a demo installation alone.
 */
export async function keepDemo(): Promise<void> {
  if (!env().keepsMail) return;
  for (const person of people) await keepStory(person, readClock(), "meanwhile");
}

async function keepStory(
  person: DemoCharacter,
  now: Date,
  since: "start" | "meanwhile",
): Promise<void> {
  const { email } = person;
  const account = await db.account.findFirst({ where: { email, demo: true } });
  if (account !== null) await person.keep?.(account.id, now, since);
}

/** Ends the demo people's ways in, what they may do and what they wrote, because mail is real now. */
export async function disableDemo(): Promise<void> {
  const now = readClock();
  // At each start: past Prisma, whose compiler of queries takes longer to load than this.
  const demo = await db.$queryRaw<{ id: string }[]>`
    WITH ended AS (
      UPDATE account SET password_hash = NULL, password_changed_at = ${now}::timestamptz, role = 'customer'
      WHERE demo AND password_hash IS NOT NULL)
    SELECT id::text AS id FROM account WHERE demo`;
  for (const { id } of demo) {
    await inTransaction(async (tx) => {
      await lockSubject(tx, id);
      const signIns = ["sessions", "trustedBrowsers", "pendingCodes", "resetLinks"] as const;
      const ways = allBut(...signIns, ...factors);
      await shutOut(tx, id, { because: "demo-ended", keep: { ways }, now });
    });
  }
  await endDemoTexts(now);
}

async function isChanged(email: string, password: string): Promise<boolean> {
  const account = await db.account.findUniqueOrThrow({ where: { email } });
  return !(await isPassword(account.passwordHash, password));
}

function makePassword(dataDir: string, email: string): string {
  const made = randomBytes(12).toString("base64url");
  updateSecrets(dataDir, (secrets) => ({
    ...secrets,
    demoPasswords: { ...secrets.demoPasswords, [email]: made },
  }));
  return made;
}
