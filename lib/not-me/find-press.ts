import { readNotifiedOf } from "@/lib/account/notified-of";
import { findEmailChange } from "@/lib/contact/email-change-store";
import type { Database } from "@/lib/db/transaction";
import { judgeNotMeLink, judgePress } from "@/lib/not-me/rules/judge-press";
import { findNotMeLink } from "@/lib/not-me/store";
import { openLinkToken } from "@/lib/secrets/link-token";

/**
 * The link of a token, what it is about and what a press on its button would do; null for no link.
 */
export async function findPress(database: Database, token: string | null, now: Date) {
  const id = openLinkToken("not-me", token);
  const link = id === null ? null : await findNotMeLink(database, id);
  if (link === null) return null;
  const notifiedOf = readNotifiedOf(link.toldOf);
  const { accountId } = link;
  const change =
    notifiedOf.undo?.kind === "email-change"
      ? await findEmailChange(database, { id: notifiedOf.undo.emailChangeId, accountId })
      : null;
  const press = judgePress(notifiedOf, change, link.targetId !== null, now);
  return { link, notifiedOf, change, press, verdict: judgeNotMeLink({ ...link, now }) };
}

export type FoundPress = NonNullable<Awaited<ReturnType<typeof findPress>>>;

/** The contact e-mail once the press is carried out: the old one where that change is undone. */
export function contactAfter({ link, change, press }: FoundPress): string {
  return press.undo?.kind === "email-change" && change !== null
    ? change.oldEmail
    : link.account.email;
}
