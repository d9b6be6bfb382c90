import type { Database } from "@/lib/db/transaction";

/** What admins have set under a name; undefined where they never did. */
export async function findSetting(database: Database, name: string): Promise<unknown> {
  return (await database.setting.findUnique({ where: { name } }))?.value;
}

/** Stores what an admin sets. */
export async function storeSetting(
  tx: Database,
  setting: { name: string; value: number; changedAt: Date },
): Promise<void> {
  const { name, ...rest } = setting;
  await tx.setting.upsert({ where: { name }, create: setting, update: rest });
}
