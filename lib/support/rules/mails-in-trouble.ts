/** A mail as far as it says whether an address can be reached. */
type SettlingMail = {
  recipient: string;
  state: string;
  attempts: number;
  changes: readonly { state: string }[];
};

// Also of one that was taken first, and came back.
const hasFailed = ({ state, changes }: SettlingMail) =>
  state === "refused" ||
  changes.some((one) => one.state === "refused" || one.state === "suppressed");

/**
 * Of each address the mail that shows that it is not reached now: its newest one that was tried, if that
 * was refused, came back or has not left yet.
 *
 * @param mails the newest first
 */
export function mailsInTrouble<Mail extends SettlingMail>(mails: readonly Mail[]): Mail[] {
  const latest = new Map<string, Mail>();
  for (const mail of mails) {
    const wasTried = mail.state === "queued" ? mail.attempts > 0 : mail.state !== "dropped";
    if (wasTried && !latest.has(mail.recipient)) latest.set(mail.recipient, mail);
  }
  return [...latest.values()].filter((mail) => mail.state !== "sent" || hasFailed(mail));
}
