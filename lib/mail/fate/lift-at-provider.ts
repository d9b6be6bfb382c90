import { Resend } from "resend";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { orAborted } from "@/lib/mail/transports/transport";

const ANSWER_MS = 5_000;

/** Whether Resend sends to an address again: it does, it did not say so in time, or no mail leaves by it. */
export type LiftedThere = "lifted" | "failed" | "not-asked";

/** Asks Resend to take an address off the list of those that it sends nothing to. Never throws. */
export async function liftAtProvider(address: string): Promise<LiftedThere> {
  const { emailTransports, resendApiKey } = env();
  if (!emailTransports.includes("resend")) return "not-asked";
  const signal = AbortSignal.timeout(ANSWER_MS);
  try {
    const { suppressions } = new Resend(resendApiKey ?? "");
    const answer = await orAborted(suppressions.remove(address, { signal }), signal);
    // It is not on the list: nothing to take off.
    if (answer.error?.statusCode === 404) return "lifted";
    if (answer.error === null && answer.data?.deleted === true) return "lifted";
    const { statusCode = null, name = null } = answer.error ?? {};
    log.warn({ statusCode, name }, "Resend did not take an address off its suppressions.");
  } catch (error) {
    log.warn({ error }, "Resend did not take an address off its suppressions.");
  }
  return "failed";
}
