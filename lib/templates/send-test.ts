import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { requestFacts } from "@/lib/client/mail-facts";
import { readClock } from "@/lib/clock";
import { countKeys } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { enqueueMail } from "@/lib/mail/outbox";
import { NOTICE_USEFUL_DAYS } from "@/lib/mail/rules/limits";
import type { TextKey } from "@/lib/mail-document/text-key";
import { afterDays } from "@/lib/moments";
import { countRequest } from "@/lib/rate-limit/rate-window";
import { asEditor } from "@/lib/templates/as-editor";
import { findEditors } from "@/lib/templates/editor-store";
import { judgeLive } from "@/lib/templates/judge-live";
import { TEST_MAILS_PER_HOUR } from "@/lib/templates/rules/limits";
import { contentOf } from "@/lib/templates/text-content";
import { kindOf, textName } from "@/lib/templates/text-key-of";
import { readTyped, type TypedFault, type TypedText } from "@/lib/templates/typed-text";

/** What becomes of a request for a test mail. */
export type TestOutcome =
  /** It waits to go to this address. */
  | { kind: "queued"; recipient: string }
  | { kind: "invalid"; faults: TypedFault[] }
  /** A block or the frame is no mail. */
  | { kind: "no-mail" }
  /** To somebody else: it could not be published as it is. */
  | { kind: "refused" }
  /** As many as an hour may have were asked for; from when there is room again. */
  | { kind: "too-many"; until: Date }
  /** No such member of staff. */
  | { kind: "unknown" }
  | { kind: "signed-out" };

/** Somebody whom a test can go to. */
export type TestRecipient = { accountId: string; name: string; email: string };

/** Whom a test can go to, oneself first. */
export async function listTestRecipients(staff: StaffMember): Promise<TestRecipient[]> {
  const editors = await findEditors(database);
  const listed = editors.map(({ id, name, email }) => ({ accountId: id, name, email }));
  const isSelf = ({ accountId }: TestRecipient) => accountId === staff.session.accountId;
  return [...listed.filter(isSelf), ...listed.filter((one) => !isSelf(one))];
}

/**
 * Has what was typed mailed as a test, marked as one, to oneself or to another member of staff. It is made
 * when it is sent, with a sample's facts and a code that opens nothing.
 *
 * @param typed from anybody, as it came; nothing of it is saved
 * @param typed.to an account's id; left out: oneself
 */
export async function sendTest(
  staff: StaffMember,
  key: TextKey,
  typed: TypedText & { to?: string },
): Promise<TestOutcome> {
  const kind = kindOf(key);
  if (kind === null) return { kind: "no-mail" };
  const { typed: read, faults } = readTyped({ ...typed, note: "" });
  if (faults.length > 0) return { kind: "invalid", faults };
  const { accountId, account } = staff.session;
  const to = (await findEditors(database)).find(({ id }) => id === (typed.to ?? accountId));
  if (to === undefined) return { kind: "unknown" };
  // Nobody is mailed by the host what no text may say, but for whoever wrote it.
  if (to.id !== accountId) {
    const { refusals } = await judgeLive(database, key, contentOf(key, read), read.text);
    if (refusals.length > 0) return { kind: "refused" };
  }
  const limit = { ...countKeys.testMailsOf(accountId), limit: TEST_MAILS_PER_HOUR };
  const counted = await countRequest(database, [limit], readClock());
  if (counted.kind === "refused") return { kind: "too-many", until: counted.until };
  const outcome = await asEditor(staff, async (tx, now): Promise<TestOutcome> => {
    const { subjectLine, previewLine, text } = read;
    await enqueueMail(tx, {
      ...{ kind: "template-test", accountId: to.id, recipient: to.email, timeZone: to.timeZone },
      locale: key.language,
      facts: {
        ...requestFacts(to.email, staff.client, now),
        about: { text: textName(key), by: account.email },
        test: { kind, locale: key.language, subjectLine, previewLine, text },
      },
      usefulUntil: afterDays(now, NOTICE_USEFUL_DAYS),
    });
    await recordAudit(tx, staff, {
      action: "template-test-sent",
      subject: { kind: "template", id: textName(key) },
      details: { to: to.id },
      now,
    });
    return { kind: "queued", recipient: to.email };
  });
  log.info({ text: textName(key), outcome: outcome.kind }, "test mail asked for");
  return outcome;
}
