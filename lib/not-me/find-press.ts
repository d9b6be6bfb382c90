import { readToldOf } from "@/lib/account/told-of";
import { findEmailChange } from "@/lib/contact/email-change-store";
import type { Database } from "@/lib/db/transaction";
import { judgeNotMeLink, judgePress } from "@/lib/not-me/rules/judge-press";
import { findNotMeLink } from "@/lib/not-me/store";
import { openLinkToken } from "@/lib/secrets/link-token";

/** The link of a token, what it tells of and what a press on its button would do; null for no link. */
export async function findPress(database: Database, token: string | null, now: Date) {
  const id = openLinkToken("not-me", token);
  const link = id === null ? null : await findNotMeLink(database, id);
  if (link === null) return null;
  const told = readToldOf(link.toldOf);
  const { accountId } = link;
  const change =
    told.undo?.kind === "email-change"
      ? await findEmailChange(database, { id: told.undo.emailChangeId, accountId })
      : null;
  const press = judgePress(told, change, link.targetId !== null, now);
  return { link, told, change, press, verdict: judgeNotMeLink({ ...link, now }) };
}

export type FoundPress = NonNullable<Awaited<ReturnType<typeof findPress>>>;

/** The contact e-mail once the press is carried out: the old one where that change is undone. */
export function contactAfter({ link, change, press }: FoundPress): string {
  return press.undo?.kind === "email-change" && change !== null
    ? change.oldEmail
    : link.account.email;
}
