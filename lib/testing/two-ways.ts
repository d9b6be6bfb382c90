import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { openChannel } from "@/lib/mail/pace-store";
import { resendTransport } from "@/lib/mail/transports/resend";
import type { Transport } from "@/lib/mail/transports/transport";
import type { Way, Ways } from "@/lib/mail/ways";

/** Resend first, at whatever RESEND_BASE_URL is, and what stands for an SMTP server. */
export function twoWays(smtp: Transport, perSecond = 1000): [Way, Way] {
  const channel = (name: string) => ({ name, perSecond, atOnce: 100 });
  return [
    {
      ...{ name: "resend", transport: resendTransport("re_x"), knowsRepeats: true },
      channel: channel("resend"),
    },
    { name: "smtp", transport: smtp, knowsRepeats: false, channel: channel("smtp") },
  ];
}

/** What two ways need of the world around them. */
export type AroundTwoWays = { fake: FakeResend; claims: Claims };

/** An empty outbox, both channels with their slots free, and a fake Resend at RESEND_BASE_URL. */
export async function openTwoWays(databaseUrl: string): Promise<AroundTwoWays> {
  await db.mail.deleteMany({});
  await db.mailPace.deleteMany({});
  for (const name of ["resend", "smtp"]) await openChannel(name);
  const fake = await startFakeResend();
  process.env.RESEND_BASE_URL = fake.url;
  return { fake, claims: openClaims(databaseUrl) };
}

/** Ends what `openTwoWays` began, what hangs too. */
export async function closeTwoWays({ fake, claims }: AroundTwoWays): Promise<void> {
  delete process.env.RESEND_BASE_URL;
  fake.letGo();
  await claims.close();
  await fake.close();
}

/**
 * Takes one mail as a process does that sends by Resend first, and tries it once.
 *
 * @param onTaken is waited for in between
 */
export async function takeAndDeliver(
  mailId: string,
  { claims, ways, onTaken }: { claims: Claims; ways: Ways; onTaken?: () => Promise<unknown> },
) {
  await db.$executeRaw`
    UPDATE mail SET next_try_at = now() - interval '1 s' WHERE id = ${mailId}::uuid`;
  await db.$executeRaw`UPDATE mail_pace SET next_slot_at = '-infinity', paused_until = NULL`;
  const slotOf = ways.inUse().way.name;
  const { mails } = await claims.take({
    ...{
      pace: { channel: slotOf, intervalMs: 1, keepsSlotFree: false },
      most: 100,
      spare: 0,
      isForLongWait: false,
    },
    except: [],
  });
  const mail = mails.find(({ id }) => id === mailId);
  if (mail === undefined) throw new Error("The mail was not taken.");
  await onTaken?.();
  const outcome = await deliverMail(mail, { claims, ways, slotOf });
  await claims.release(mailId);
  return outcome;
}
