import { createHash } from "node:crypto";
import { domainToASCII } from "node:url";
import { readClock } from "@/lib/clock";
import { readReturn } from "@/lib/mail/fate/read-return";
import { RETURN_DAYS, type ReturnOutcome } from "@/lib/mail/fate/return-outcome";
import { findReturnedMail } from "@/lib/mail/fate/return-store";
import { takeReport } from "@/lib/mail/fate/take-report";
import { judgeRecipientStatus, type ReturnMeaning } from "@/lib/mail/rules/delivery-status";
import { mailStates } from "@/lib/mail/rules/mail-state";

const RETURN_MS = RETURN_DAYS * 24 * 60 * 60 * 1000;

/** An address as it is compared: servers change its case, and write its domain in ASCII. */
function plain(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  return `${address.slice(0, at)}@${domainToASCII(domain) || domain}`.toLowerCase();
}

const rankOf = ({ state }: ReturnMeaning) => mailStates.indexOf(state);

// The same again is the same report, whatever else stands in the mail.
function reportId(mailId: string, { state, reason, status }: ReturnMeaning): string {
  const said = JSON.stringify([mailId, state, reason, status]);
  return `return:${createHash("sha256").update(said).digest("base64url")}`;
}

/**
 * Takes a mail that came back. It counts only where it came to the signed envelope address of a mail of ours
 * that left over SMTP in the last five days, for that mail's recipient alone, and once.
 *
 * @param raw the mail's source, of which 256 KiB are read
 * @throws when the database is away; then nothing of it counts, and it may come again
 */
export async function takeReturn(raw: Uint8Array): Promise<ReturnOutcome> {
  const read = await readReturn(raw);
  if (read.kind !== "report") return read.kind;
  const { mailId, at, recipients } = read;
  const mail = await findReturnedMail(mailId);
  if (mail === null) return "unknown";
  // No mail has such an address that we did not hand to a server of SMTP ourselves; another took it since.
  if (mail.channel !== null && mail.channel !== "smtp") return "unknown";
  const now = readClock();
  if (now.getTime() - mail.createdAt.getTime() >= RETURN_MS) return "too-old";
  const own = recipients.filter((one) => one.recipients.map(plain).includes(plain(mail.recipient)));
  if (own.length === 0) return recipients.length === 0 ? "says-nothing" : "other-recipient";
  const [heaviest] = own
    .flatMap((said) => {
      const meaning = judgeRecipientStatus(said);
      return meaning === null ? [] : [{ said, meaning }];
    })
    .toSorted((one, other) => rankOf(other.meaning) - rankOf(one.meaning));
  if (heaviest === undefined) return "says-nothing";
  const { said, meaning } = heaviest;
  return takeReport({
    ...meaning,
    id: reportId(mailId, meaning),
    mail: { id: mailId },
    at: said.attemptedAt ?? at ?? now,
    source: "return-mail",
    channel: "smtp",
    words: said.words,
  });
}
