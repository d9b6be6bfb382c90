import type { Database } from "@/lib/db/transaction";
import type { Prisma } from "@/lib/generated/prisma/client";

/** What admins have set under a name; undefined where they never did. */
export async function findSetting(database: Database, name: string): Promise<unknown> {
  return (await database.setting.findUnique({ where: { name } }))?.value;
}

/** Stores what an admin sets. */
export async function storeSetting(
  tx: Database,
  setting: { name: string; value: Prisma.InputJsonValue; changedAt: Date },
): Promise<void> {
  const { name, ...rest } = setting;
  await tx.setting.upsert({ where: { name }, create: setting, update: rest });
}
