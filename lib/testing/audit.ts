import { db } from "@/lib/db/client";

const orderBy = { seq: "asc" } as const;

/** The entries of the audit log about an account or anything else with an id, the oldest first. */
export const auditOf = (subjectId: string) =>
  db.auditEntry.findMany({ where: { subjectId }, orderBy });

/** The entries of what somebody did, the oldest first. */
export const auditBy = (actorId: string) => db.auditEntry.findMany({ where: { actorId }, orderBy });
