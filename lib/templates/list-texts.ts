import type { StaffMember } from "@/lib/account/staff-member";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { locales } from "@/lib/i18n/locales";
import { type MailKind, mailKinds } from "@/lib/mail/kinds";
import { blockNameOf, frameKey, type TextKey } from "@/lib/mail-document/text-key";
import { afterDays } from "@/lib/moments";
import { isBuiltInChanged } from "@/lib/templates/built-in-changed";
import { findDraftStates } from "@/lib/templates/draft-store";
import { findFallbacks } from "@/lib/templates/fallback-store";
import { findLooks } from "@/lib/templates/look-store";
import { ALARM_DAYS, SENT_DAYS } from "@/lib/templates/rules/limits";
import { isOutdated, type TextState, textStateOf } from "@/lib/templates/rules/text-state";
import { countSent } from "@/lib/templates/sent-store";
import { findTemplateSettings } from "@/lib/templates/settings";
import { findNewestOfAll } from "@/lib/templates/store";
import { kindOf, textName } from "@/lib/templates/text-key-of";

export type { TextState };

/** A text in one language, as the list shows it. */
export type ListedLanguage = {
  /** "all" of the frame. */
  language: string;
  state: TextState;
  /** Whether the built-in text is another than when the live version was published. */
  isBuiltInChanged: boolean;
  /** The last change of a draft or of what is live; null: none ever was. By: null, account gone. */
  changed: { by: string | null; at: Date } | null;
  /** How many went out in the last 30 days; of blocks and the frame 0. */
  sent: number;
  /** When the built-in text last went out instead, within a week; null: it did not. */
  fellBackAt: Date | null;
};

/** A text in each language there is of it. */
export type ListedText<Subject extends string = string> = {
  subject: Subject;
  languages: ListedLanguage[];
};

/** Every text there is. */
export type TextList = {
  mails: ListedText<MailKind>[];
  /** `subject` is `block:<name>`. */
  blocks: ListedText[];
  frame: ListedLanguage;
};

/** Lists every text there is: mails in the order of `mailKinds`, blocks by name. */
export async function listTexts(_staff: StaffMember): Promise<TextList> {
  const now = readClock();
  const { leadingLanguage } = await findTemplateSettings(database);
  const drafts = byName(await findDraftStates(database));
  const newest = byName(await findNewestOfAll(database));
  const looks = byName(await findLooks(database));
  const fallbacks = byName(await findFallbacks(database, afterDays(now, -ALARM_DAYS)));
  const sent = await countSent(database, afterDays(now, -SENT_DAYS));

  const listed = (key: TextKey): ListedLanguage => {
    const name = textName(key);
    const draft = drafts.get(name);
    const live = newest.get(name);
    const leading = newest.get(textName({ subject: key.subject, language: leadingLanguage }));
    const isBuiltIn = live?.isBuiltIn ?? true;
    return {
      language: key.language,
      state: textStateOf({
        draft: draft === undefined ? null : draft.state === "waiting" ? "waiting" : "draft",
        isOutdated: isOutdated({
          isLeading: key.language === leadingLanguage || key.subject === frameKey.subject,
          areBuiltIn: isBuiltIn && (leading?.isBuiltIn ?? true),
          leading: leading?.id ?? 0n,
          own: live?.id ?? 0n,
          seen: looks.get(name)?.seen ?? 0n,
        }),
        isPublished: !isBuiltIn,
      }),
      isBuiltInChanged: isBuiltInChanged(key, live ?? null),
      changed: latest([
        draft && { by: draft.savedBy?.name ?? null, at: draft.savedAt },
        live && { by: live.publisher, at: live.createdAt },
      ]),
      sent: sent.get(name) ?? 0,
      fellBackAt: fallbacks.get(name)?.lastAt ?? null,
    };
  };
  const inEach = (subject: string) => locales.map((language) => listed({ subject, language }));

  const subjects = new Set([...drafts.values(), ...newest.values()].map(({ subject }) => subject));
  const blocks = [...subjects].filter((subject) => blockNameOf(subject) !== null).sort();
  return {
    mails: mailKinds
      .filter((kind) => kindOf({ subject: kind, language: leadingLanguage }) !== null)
      .map((subject) => ({ subject, languages: inEach(subject) })),
    blocks: blocks
      .map((subject) => ({ subject, languages: inEach(subject) }))
      // One that is gone in every language is none any more.
      .filter(({ languages }) => languages.some(({ state }) => state !== "built-in")),
    frame: listed(frameKey),
  };
}

const byName = <Row extends TextKey>(rows: Row[]) =>
  new Map(rows.map((row) => [textName(row), row]));

function latest<Change extends { at: Date }>(changes: (Change | undefined)[]): Change | null {
  const known = changes.filter((change) => change !== undefined);
  return known.sort((one, other) => other.at.getTime() - one.at.getTime())[0] ?? null;
}
