import { staffRoles } from "@/lib/account/roles";
import type { Database } from "@/lib/db/transaction";

/** Somebody who edits texts, as mails to them need it. */
export type Editor = {
  id: string;
  name: string;
  email: string;
  locale: string;
  timeZone: string | null;
};

const select = { id: true, name: true, email: true, locale: true, timeZone: true } as const;

/** Everybody who edits texts, always in the same order. */
export function findEditors(database: Database): Promise<Editor[]> {
  return database.account.findMany({
    where: { role: { in: [...staffRoles] } },
    select,
    orderBy: { id: "asc" },
  });
}
