/** A text as people type it, in the plain notation; of the frame, `text` is JSON and the others are empty. */
export type TypedText = { subjectLine: string; previewLine: string; text: string };

/** What a form of an editor sends. */
export type TypedDraft = TypedText & {
  /** For whoever publishes it, and for the list of versions. */
  note: string;
  /** The revision of the draft that the form showed; empty: there was none. */
  seen: string;
  /** The newest version that the form was made of, as `readText` named it. */
  base: string;
};

/** A field that cannot be kept, and why. */
export type TypedFault = {
  field: keyof TypedText | "note";
  error: "too-long" | "not-one-line";
};

/** What somebody else has made of a text meanwhile; it is shown beside what was typed. */
export type Theirs = TypedText & {
  note: string;
  /** Whether it is a draft, or live already. */
  is: "draft" | "live";
  /** What a form that has seen it sends as `seen` and `base`. */
  revision: string;
  base: string;
  /** By their name; null: their account is gone, or it is the built-in text. */
  by: string | null;
  at: Date | null;
};
