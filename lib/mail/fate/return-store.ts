import { db } from "@/lib/db/client";

/** A mail that came back, as far as that decides whether its report counts. */
export type ReturnedMail = { recipient: string; channel: string | null; createdAt: Date };

/** The mail of an id; null: it is none of ours, or deleted. */
export async function findReturnedMail(id: string): Promise<ReturnedMail | null> {
  return db.mail.findUnique({
    where: { id },
    select: { recipient: true, channel: true, createdAt: true },
  });
}
