/** A mail as far as it says whether an address can be reached. */
type SettlingMail = { recipient: string; state: string; attempts: number };

/**
 * Of each address the mail that shows that it is not reached now: its newest one that was tried, if that
 * was refused or has not left yet.
 *
 * @param mails the newest first
 */
export function mailsInTrouble<Mail extends SettlingMail>(mails: readonly Mail[]): Mail[] {
  const latest = new Map<string, Mail>();
  for (const mail of mails) {
    const wasTried = mail.state === "queued" ? mail.attempts > 0 : mail.state !== "dropped";
    if (wasTried && !latest.has(mail.recipient)) latest.set(mail.recipient, mail);
  }
  return [...latest.values()].filter(({ state }) => state !== "sent");
}
