import type { CodeWay } from "@/lib/challenge/code-way";
import {
  type Helped,
  hasFailed,
  lookAgainSeconds,
  type NextStep,
  nextStepOf,
} from "@/lib/challenge/rules/next-step";
import { type Purpose, purposes } from "@/lib/challenge/rules/purposes";
import { writeResendTo } from "@/lib/challenge/rules/resend-to";
import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { defaultLocale, isLocale } from "@/lib/i18n/locales";
import { type LookFor, lookFor } from "@/lib/mail/edited/look-for";
import type { MailKind } from "@/lib/mail/kinds";

export type { LookFor, NextStep, Purpose };

/** Another address that takes a code: how it is written, and what a button says that is for it alone. */
export type OtherAddress = { shownEmail: string; to: string };

/** What a page says of the mails of a code. */
export type CodeLines = {
  /** One for each address; what helps with several is said with the last of them. */
  lines: { way: CodeWay; step: NextStep | null }[];
  /** Whether the addresses are ones that were just typed, and stand there whole. */
  isNewAddress: boolean;
  /** Another address that takes the code; null: none does. */
  other: OtherAddress | null;
  lookFor: LookFor;
  /** After how many seconds to look again; null: nothing more is expected. */
  lookAgainSeconds: number | null;
};

const kindOf = {
  "sign-in": "sign-in-code",
  // Also where the address has an account: whoever looks must not learn that.
  "sign-up": "sign-up-code",
  widening: "widening-code",
  "new-address": "new-address-code",
} as const satisfies Record<Purpose, MailKind>;

/**
 * What is said of the mails of a code, and what helps.
 *
 * @param mailLocale the language that they are in
 * @param canResend whether they may still be sent again
 * @throws when the database is away
 */
export async function codeLines(
  ways: readonly CodeWay[],
  { purpose, mailLocale, canResend }: { purpose: Purpose; mailLocale: string; canResend: boolean },
): Promise<CodeLines> {
  const isNewAddress = purposes[purpose].of === "address";
  const other = ways.find((way) => !hasFailed(way)) ?? null;
  const helped = { isNewAddress, hasOther: other !== null, contact: contact(), canResend };
  const steps = ways.map((way) => nextStepOf(way, helped));
  const edition = ways.find((way) => way.edition !== null)?.edition ?? null;
  const locale = isLocale(mailLocale) ? mailLocale : defaultLocale;
  return {
    lines: ways.map((way, index) => {
      const step = steps[index] ?? null;
      const isSaid = step === null || steps.includes(step, index + 1);
      return { way, step: isSaid ? null : step };
    }),
    isNewAddress,
    other:
      other === null
        ? null
        : {
            shownEmail: other.shownEmail,
            to: writeResendTo({ nth: other.nth, shown: other.shownEmail }),
          },
    lookFor: await lookFor(kindOf[purpose], locale, edition),
    lookAgainSeconds: lookAgainSeconds(ways, readClock()),
  };
}

function contact(): Helped["contact"] {
  const { phone, email } = env().support;
  if (phone !== undefined) return "phone";
  return email === undefined ? null : "email";
}
