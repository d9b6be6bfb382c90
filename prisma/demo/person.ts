import type { ActivityKind } from "@/lib/account/activity-kinds";
import type { Role } from "@/lib/account/roles";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { About } from "@/lib/mail/facts";
import { afterDays } from "@/lib/moments";
import { hashPassword } from "@/lib/password/password-hash";

/** One of the people of a demo installation. */
export type DemoCharacter = {
  /** What the banner calls them. */
  story: string;
  email: string;
  name: string;
  role: Role;
  /** Makes the account, once. */
  make(at: Date, passwordHash: string): Promise<void>;
  /** Whether the story ends where its customer sets a new password. */
  endsWithPassword?: true;
  /**
   * Brings the story back, such as a block: at a start whatever became of it, and meanwhile what
   * time alone has ended, for what people who try it have done stands until they start again.
   */
  keep?(accountId: string, at: Date, since: "start" | "meanwhile"): Promise<void>;
};

// RFC 5737 and RFC 3849: addresses that belong to nobody.
export const home = { ip: "203.0.113.24", network: "203.0.113.24/32" };
export const office = { ip: "2001:db8:12:34::5", network: "2001:db8:12:34::/64" };

export const firefox =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
export const safari =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

/** A judged sign-in of the past. */
export const judged = (
  ip: string,
  userAgent: string,
  at: Date,
  verdict: string,
  because: string,
  codeSeconds?: number,
) => ({ ip, countryCode: null, userAgent, at, verdict, because, codeSeconds });

/** An activity of the past. */
export const changed = (kind: ActivityKind, about: About, ip: string | null, at: Date) => ({
  kind,
  about,
  ip,
  userAgent: firefox,
  at,
});

/** Makes the account of a demo person, who signed up some days ago at a network of their own. */
export async function makeAccount(
  person: Pick<DemoCharacter, "email" | "name" | "role">,
  passwordHash: string,
  joined: Date,
  more: Omit<
    Prisma.AccountUncheckedCreateInput,
    "email" | "name" | "role" | "passwordHash" | "passwordChangedAt" | "createdAt" | "locale"
  > & { locale?: string } = {},
): Promise<string> {
  const { email, name, role } = person;
  const { id } = await db.account.create({
    data: {
      email,
      name,
      role,
      passwordHash,
      locale: "en",
      demo: true,
      createdAt: joined,
      passwordChangedAt: joined,
      ...more,
    },
    select: { id: true },
  });
  return id;
}

/** A place that somebody signed up at. */
export const signedUpAt = (network: string, joined: Date, lastUsedAt = joined) => ({
  network,
  because: "sign-up",
  createdAt: joined,
  lastUsedAt,
});

/** A member of the staff: they prove a factor at every sign-in, so that no network becomes theirs. */
export function staffCharacter(
  role: Exclude<Role, "customer">,
  email: string,
  name: string,
): DemoCharacter {
  return {
    story: role,
    email,
    name,
    role,
    make: async (at, passwordHash) => {
      const joined = afterDays(at, -60);
      await makeAccount({ email, name, role }, passwordHash, joined, {
        activities: { create: [changed("account-created", {}, null, joined)] },
      });
    },
  };
}

/** Gives a demo person another password. */
export async function setDemoPassword(id: string, password: string, at: Date): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.account.update({ where: { id }, data: { passwordHash, passwordChangedAt: at } });
}
