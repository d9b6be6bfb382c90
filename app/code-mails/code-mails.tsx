import { MailLine } from "@/app/code-mails/mail-line";
import { MailStep, type SendsAgain } from "@/app/code-mails/mail-step";
import { LiveRefresh } from "@/components/live-refresh";
import { codeLines, type Purpose } from "@/lib/challenge/code-lines";
import type { CodeWay } from "@/lib/challenge/code-way";

type CodeMailsProps = {
  ways: CodeWay[];
  purpose: Purpose;
  /** The language that the mails are in. */
  mailLocale: string;
  /** Whether they may still be sent again. */
  canResend: boolean;
  expiresAt: Date;
  timeZone: string | null;
  /** Null: no button may stand here, as within a form. */
  sendAgain: SendsAgain | null;
};

/** A line for each address that a code goes to, with the one thing that helps; true at every moment. */
export async function CodeMails(props: CodeMailsProps) {
  const { ways, purpose, mailLocale, canResend, timeZone } = props;
  const said = await codeLines(ways, { purpose, mailLocale, canResend });
  const { isNewAddress, other, lookFor, lookAgainSeconds } = said;
  return (
    <div className="grid gap-3 sm:gap-4" aria-live="polite">
      {said.lines.map(({ way, step }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: masked ones can look alike; their order stays
        <div key={index} data-mail-state={way.state} className="border-line border-l-4 pl-3">
          {/* A phone's first screen has room for the field and for this, not for what helps besides. */}
          <p className="max-sm:text-sm max-sm:leading-snug">
            <MailLine way={way} timeZone={timeZone} isWhole={isNewAddress} />
          </p>
          {step === null ? null : (
            <div className="mt-1 text-quiet text-sm">
              <MailStep {...props} step={step} other={other} lookFor={lookFor} />
            </div>
          )}
        </div>
      ))}
      {lookAgainSeconds === null ? null : <LiveRefresh everySeconds={lookAgainSeconds} />}
    </div>
  );
}
