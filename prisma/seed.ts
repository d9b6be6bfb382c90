import { randomBytes, randomUUID } from "node:crypto";
import type { ActivityKind } from "@/lib/account/activity-kinds";
import { hashPassword, isPassword } from "@/lib/auth/password-hash";
import { now } from "@/lib/clock";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { About } from "@/lib/mail/facts";
import { afterDays, afterHours } from "@/lib/sign-in/rules/limits";
import { readSecrets, updateSecrets } from "@/scripts/secrets.mjs";

/** One of the people of a demo installation, for the banner; null: they chose a password since. */
export type DemoPerson = { role: string; email: string; password: string | null };

const customer = { role: "customer", email: "maria@example.com", name: "Maria Lindqvist" };

// RFC 5737 and RFC 3849: addresses that belong to nobody.
const home = { ip: "203.0.113.24", network: "203.0.113.24/32" };
const office = { ip: "2001:db8:12:34::5", network: "2001:db8:12:34::/64" };

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
const safari =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

/**
 * Makes the demo customer once: Maria signed up at home, proved her office by a code, met a wrong
 * code on the way, and gave both places names. Her password belongs to this installation.
 *
 * @throws when somebody else has her address in this database: nobody's account is touched
 */
export async function seedDemo(): Promise<DemoPerson[]> {
  const { dataDir } = env();
  const known = readSecrets(dataDir).demoPasswords?.[customer.email];
  const password = known ?? makePassword(dataDir);
  const existing = await db.account.findUnique({ where: { email: customer.email } });
  if (existing === null) await makeCustomer(password);
  else if (!existing.demo) return [];
  else if (known === undefined || existing.passwordHash === null) {
    await setPassword(existing.id, password);
  }
  const changed = existing !== null && (await isChanged(customer.email, password));
  return [{ role: customer.role, email: customer.email, password: changed ? null : password }];
}

/** Ends the demo people's ways in, because mail is real now. */
export async function disableDemo(): Promise<void> {
  const at = now();
  await db.account.updateMany({
    where: { demo: true, passwordHash: { not: null } },
    data: { passwordHash: null, passwordChangedAt: at },
  });
  await db.session.updateMany({
    where: { account: { demo: true }, endedAt: null },
    data: { endedAt: at },
  });
  await db.challenge.updateMany({
    where: { account: { demo: true }, endedAt: null },
    data: { endedAt: at, endedBecause: "password-changed" },
  });
}

async function isChanged(email: string, password: string): Promise<boolean> {
  const account = await db.account.findUniqueOrThrow({ where: { email } });
  return !(await isPassword(account.passwordHash, password));
}

function makePassword(dataDir: string): string {
  const made = randomBytes(12).toString("base64url");
  updateSecrets(dataDir, (secrets) => ({
    ...secrets,
    demoPasswords: { ...secrets.demoPasswords, [customer.email]: made },
  }));
  return made;
}

async function setPassword(id: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.account.update({ where: { id }, data: { passwordHash, passwordChangedAt: now() } });
}

async function makeCustomer(password: string): Promise<void> {
  const at = now();
  const joined = afterDays(at, -41);
  const browserId = randomUUID();
  const seen = (ip: string, userAgent: string, when: Date, verdict: string, because: string) => ({
    ip,
    countryCode: null,
    userAgent,
    at: when,
    verdict,
    because,
  });
  const changed = (kind: ActivityKind, about: About, ip: string, when: Date) => ({
    kind,
    about,
    ip,
    userAgent: firefox,
    at: when,
  });
  await db.account.create({
    data: {
      email: customer.email,
      name: customer.name,
      passwordHash: await hashPassword(password),
      locale: "en",
      demo: true,
      createdAt: joined,
      passwordChangedAt: joined,
      places: {
        create: [
          {
            network: home.network,
            name: "Home",
            because: "sign-up",
            createdAt: joined,
            lastUsedAt: afterDays(at, -1),
          },
          {
            network: office.network,
            name: "Office",
            because: "code",
            createdAt: afterDays(at, -20),
            lastUsedAt: afterDays(at, -3),
          },
        ],
      },
      browsers: {
        create: [home, office].map(({ network }) => ({
          browserId,
          network,
          firstSeenAt: joined,
          lastSeenAt: afterDays(at, -1),
        })),
      },
      activities: {
        create: [
          changed("account-created", {}, home.ip, joined),
          changed("place-trusted", { place: office.network }, office.ip, afterDays(at, -20)),
          changed(
            "place-renamed",
            { place: office.network, placeName: "Office" },
            office.ip,
            afterHours(afterDays(at, -20), 0.1),
          ),
        ],
      },
      judgements: {
        create: [
          seen(home.ip, firefox, joined, "entered", "sign-up"),
          seen(office.ip, firefox, afterDays(at, -20), "asked-for-code", "new-place"),
          seen(office.ip, firefox, afterDays(at, -20), "refused", "wrong-code"),
          seen(office.ip, firefox, afterHours(afterDays(at, -20), 0.02), "entered", "right-code"),
          seen(office.ip, firefox, afterDays(at, -3), "entered", "known-place"),
          seen(home.ip, safari, afterDays(at, -1), "entered", "known-place"),
        ],
      },
    },
  });
}
