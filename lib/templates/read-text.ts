import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { TextState } from "@/lib/templates/list-texts";
import type { PublicationVerdict } from "@/lib/templates/rules/judge-publication";
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
  draft: {
    state: "draft" | "waiting";
    /** Whether it was begun on an older version than the newest: it can be saved over nothing. */
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
  } | null;
  /** The newest version; null: there never was one. */
  live: {
    id: string;
    number: number;
    action: "published" | "rolled-back" | "built-in";
    at: Date;
    by: string | null;
  } | null;
  isBuiltInChanged: boolean;
  /** The leading language's text, live or built-in; null of the leading language itself and of the frame. */
  leading: { language: string; text: TypedText } | null;
  /** The version of the leading language that nobody has looked at here; null: it is not outdated. */
  outdated: { version: string; at: Date } | null;
  /** Whether whoever looks may publish the draft now, or why not. */
  publishing: PublicationVerdict;
};

/** A text as its editors show it; null: there is no such block. */
export declare function readText(staff: StaffMember, key: TextKey): Promise<TextPage | null>;
