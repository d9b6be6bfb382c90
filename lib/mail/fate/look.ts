import { Resend } from "resend";
import { z } from "zod";
import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { type SilentMail, takeSilentMail } from "@/lib/mail/fate/look-store";
import { takeReport } from "@/lib/mail/fate/take-report";
import { pauseChannel } from "@/lib/mail/pace-store";
import { pauseSeconds } from "@/lib/mail/retry-delay";
import { judgeResendEvent } from "@/lib/mail/rules/resend-event";
import { retryAfterSeconds } from "@/lib/mail/transports/retry-after";
import { orAborted } from "@/lib/mail/transports/transport";

const CHANNEL = "resend";
const ANSWER_MS = 5_000;

/** What came of looking: a mail was asked about, or there was none to ask about. */
export type LookOutcome = "asked" | "nothing";

const answerSchema = z.object({ id: z.string(), last_event: z.string().max(100) });

// What it says of readers is said of a mail that arrived.
const isRead = (event: string) => event === "opened" || event === "clicked";

/**
 * Asks Resend once about one mail with a code that somebody waits for, where it has said nothing of it for
 * 20 seconds. What it does not answer, or not of this mail, changes nothing; it is not asked again.
 *
 * @throws when the database is away
 */
export async function lookOnce(): Promise<LookOutcome> {
  const { emailPerSecond: perSecond } = env();
  const mail = await takeSilentMail({ channel: CHANNEL, perSecond }, readClock());
  if (mail === null) return "nothing";
  const event = await askFor(mail);
  const meaning =
    event === null
      ? null
      : judgeResendEvent({
          type: `email.${isRead(event) ? "delivered" : event}`,
          bounceType: null,
          bounceSubType: null,
          words: null,
        });
  if (meaning !== null) {
    const { id, providerId, beforeId } = mail;
    await takeReport({
      ...meaning,
      id: null,
      ...(beforeId === null
        ? { mail: { id, providerId } }
        : { mail: { id: beforeId, providerId }, standIn: id }),
      at: readClock(),
      source: "look",
      channel: CHANNEL,
      words: null,
    });
  }
  return "asked";
}

/** The last thing that Resend says happened to a mail; null: it does not say. */
async function askFor({ id: mailId, providerId }: SilentMail): Promise<string | null> {
  const resend = new Resend(env().resendApiKey ?? "");
  const signal = AbortSignal.timeout(ANSWER_MS);
  try {
    const answer = await orAborted(resend.emails.get(providerId, { signal }), signal);
    if (answer.error) {
      const { statusCode, name } = answer.error;
      const asked = retryAfterSeconds(answer.headers?.["retry-after"]);
      if (statusCode === 429) await pauseChannel(CHANNEL, pauseSeconds(asked));
      log.info({ mailId, statusCode, name }, "Resend did not say what became of a mail.");
      return null;
    }
    const read = answerSchema.safeParse(answer.data);
    if (read.success && read.data.id === providerId) return read.data.last_event;
    log.info({ mailId }, "Resend answered about another mail than it was asked about.");
  } catch (error) {
    log.info({ mailId, error }, "Resend did not answer what became of a mail.");
  }
  return null;
}
