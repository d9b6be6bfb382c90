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

/** Longer than one reading takes; a process that died while it read keeps no other from it for longer. */
const CLAIMED_SECONDS = 120;

/** Takes the mailbox of an address for this process to read. @returns false while another has it */
export async function claimReading(address: string): Promise<boolean> {
  const taken = await db.$executeRaw`
    INSERT INTO return_reading AS r (address, claimed_until)
    VALUES (${address}, now() + make_interval(secs => ${CLAIMED_SECONDS}::int))
    ON CONFLICT (address) DO UPDATE SET claimed_until = excluded.claimed_until
    WHERE r.claimed_until IS NULL OR r.claimed_until <= now()`;
  return taken === 1;
}

/** Notes that the mailbox was read to its end, and gives it back. */
export async function markRead(address: string): Promise<void> {
  await db.$executeRaw`
    UPDATE return_reading SET claimed_until = NULL, read_at = now(), failing_since = NULL, failure = NULL
    WHERE address = ${address}`;
}

/** Notes why it could not be read, and gives it back. */
export async function noteUnread(address: string, failure: string): Promise<void> {
  await db.$executeRaw`
    UPDATE return_reading SET claimed_until = NULL, failing_since = coalesce(failing_since, now()),
      failure = ${failure}
    WHERE address = ${address}`;
}

/** Gives it back where reading was broken off for another reason than its own. */
export async function releaseReading(address: string): Promise<void> {
  await db.$executeRaw`
    UPDATE return_reading SET claimed_until = NULL WHERE address = ${address}`;
}

/** That the mailbox of returned mail cannot be read: for how long, when it was read last, and why. */
export type UnreadReturns = { seconds: number; readAt: Date | null; failure: string };

/** How reading the mailbox of an address fails; null: it does not, or was not tried. */
export async function findUnreadReturns(address: string): Promise<UnreadReturns | null> {
  const rows = await db.$queryRaw<UnreadReturns[]>`
    SELECT extract(epoch FROM now() - failing_since)::float8 AS seconds, read_at AS "readAt",
      coalesce(failure, '') AS failure
    FROM return_reading WHERE address = ${address} AND failing_since IS NOT NULL`;
  return rows[0] ?? null;
}
