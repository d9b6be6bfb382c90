import type { StaffMember } from "@/lib/account/staff-member";
import { database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import { isBuiltInChanged } from "@/lib/templates/built-in-changed";
import { type DraftRow, findAuthors, findDraft } from "@/lib/templates/draft-store";
import { isKnownText } from "@/lib/templates/known-text";
import { findBesideLeading } from "@/lib/templates/outdated";
import { findPublicationFacts } from "@/lib/templates/publication-facts";
import { judgePublication, type PublicationVerdict } from "@/lib/templates/rules/judge-publication";
import { type TextState, textStateOf } from "@/lib/templates/rules/text-state";
import { findNewest, type VersionAction, type VersionRow } from "@/lib/templates/store";
import { typedOfStored } from "@/lib/templates/text-content";
import type { TypedText } from "@/lib/templates/typed-text";

/** What an editor shows of a text. */
export type TextPage = {
  key: TextKey;
  state: TextState;
  /** The draft; without one the live text, without that the built-in one. */
  shown: TypedText;
  note: string;
  /** What its form sends as `seen` and `base`. */
  revision: string;
  base: string;
  draft: ShownDraft | null;
  /**
   * What is live where the draft was begun on an older version: shown beside it, and what is saved then
   * goes beyond both; else null.
   */
  beyond: TypedText | null;
  /** The newest version; null: there never was one. */
  live: ShownVersion | null;
  /** Whether the built-in text is another than when the live version was published. */
  isBuiltInChanged: boolean;
  /** The leading language's text, live or built-in; null of the leading language itself and of the frame. */
  leading: { language: string; text: TypedText } | null;
  /** The version of the leading language that nobody has looked at here; null: it is not outdated. */
  outdated: { version: string; number: number; at: Date } | null;
  /** Whether whoever looks may publish the draft now, or why not. */
  publishing: PublicationVerdict;
};

type ShownDraft = {
  state: "draft" | "waiting";
  /** Whether it was begun on an older version than the newest: nobody can publish it as it is. */
  isBehind: boolean;
  /** By their names; null: their account is gone. */
  savedBy: string | null;
  savedAt: Date;
  askedBy: string | null;
  askedAt: Date | null;
  /** Why it was sent back; null: it was not. */
  sentBack: string | null;
  /** Whoever changed anything since the last published version, by name. */
  authors: string[];
};

type ShownVersion = {
  id: string;
  number: number;
  action: VersionAction;
  /** Whether it is the built-in text; of a block, that it is gone. */
  isBuiltIn: boolean;
  at: Date;
  by: string | null;
};

/**
 * A text as its editors show it; null: there is no such block.
 *
 * @param staff whoever looks, by whom it is said who may publish it
 */
export async function readText(staff: StaffMember, key: TextKey): Promise<TextPage | null> {
  if (!(await isKnownText(database, key))) return null;
  const draft = await findDraft(database, key);
  const version = await findNewest(database, key);
  const newest = version?.id ?? 0n;
  const { leading, outdatedBy } = await findBesideLeading(database, key, version);
  const facts = { key, draft, seen: draft?.revision ?? "", newest };
  const live = version?.document ?? null;
  return {
    key,
    state: textStateOf({
      draft: draft?.state ?? null,
      isOutdated: outdatedBy !== null,
      isPublished: live !== null,
    }),
    shown: draft === null ? typedOfStored(key, live) : typedOfDraft(draft),
    note: draft?.note ?? "",
    revision: facts.seen,
    base: newest.toString(),
    beyond: draft !== null && draft.base !== newest ? typedOfStored(key, live) : null,
    draft: draft === null ? null : await shownDraft(key, draft, newest),
    live: version === null ? null : shownVersion(version),
    isBuiltInChanged: isBuiltInChanged(
      key,
      version && { builtIn: version.builtIn, isBuiltIn: version.document === null },
    ),
    leading:
      leading === null
        ? null
        : {
            language: leading.key.language,
            text: typedOfStored(leading.key, leading.newest?.document ?? null),
          },
    outdated:
      outdatedBy === null
        ? null
        : {
            ...{ version: outdatedBy.id.toString(), number: outdatedBy.number },
            at: outdatedBy.createdAt,
          },
    publishing: judgePublication(await findPublicationFacts(database, staff, facts)),
  };
}

const typedOfDraft = ({ subjectLine, previewLine, text }: DraftRow): TypedText => ({
  ...{ subjectLine, previewLine, text },
});

async function shownDraft(key: TextKey, draft: DraftRow, newest: bigint): Promise<ShownDraft> {
  const { state, base, savedBy, savedAt, askedBy, askedAt, sentBack } = draft;
  const authors = (await findAuthors(database, key)).map(({ name }) => name);
  return {
    state,
    isBehind: base !== newest,
    savedBy,
    savedAt,
    askedBy,
    askedAt,
    sentBack,
    authors,
  };
}

const shownVersion = ({ id, number, action, document, createdAt, publisher }: VersionRow) => ({
  ...{ id: id.toString(), number, action, isBuiltIn: document === null },
  ...{ at: createdAt, by: publisher?.name ?? null },
});
