import { db } from "@/lib/db/client";
import { clientAt } from "@/lib/testing/people";

export const reader = clientAt("192.0.2.200");
export const password = "a new colleague's passphrase";
export const newcomer = { name: " Eva Lima ", password, locale: "pt" } as const;

export const accountOf = (filter: { id: string } | { email: string }) =>
  db.account.findUnique({ where: filter });
export const roleOf = async (id: string) => (await accountOf({ id }))?.role;
