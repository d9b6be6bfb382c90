import type { Database } from "@/lib/db/transaction";

/** When the address was mailed for sign-ups since a moment, newest first. */
export async function findSignUpMails(database: Database, email: string, since: Date) {
  const challenges = await database.challenge.findMany({
    where: { email, purpose: "sign-up", createdAt: { gt: since } },
    select: { createdAt: true },
    orderBy: { createdAt: "desc" },
  });
  return challenges.map((challenge) => challenge.createdAt);
}

/** Makes the account of a proven sign-up; null when the address got an account meanwhile. */
export async function insertAccount(
  tx: Database,
  pending: { email: string; locale: string },
  registration: { name: string; passwordHash: string },
  now: Date,
): Promise<string | null> {
  const [made] = await tx.account.createManyAndReturn({
    data: [
      {
        email: pending.email,
        name: registration.name,
        passwordHash: registration.passwordHash,
        locale: pending.locale,
        passwordChangedAt: now,
        createdAt: now,
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  });
  return made?.id ?? null;
}
