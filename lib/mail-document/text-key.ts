/**
 * Which text something is about: a kind of mail, a named block or what is set once for all mails, in a
 * language. Versions and drafts are kept by it.
 */
export type TextKey = { subject: string; language: string };

const BLOCK = "block:";

/** Of a named block in a language. */
export const blockKey = (name: string, language: string): TextKey => ({
  subject: `${BLOCK}${name}`,
  language,
});

/** The name of the block that a subject is; null: it is something else. */
export const blockNameOf = (subject: string): string | null =>
  subject.startsWith(BLOCK) ? subject.slice(BLOCK.length) : null;

/** Of what is set once for all mails, in all languages. */
export const frameKey: TextKey = { subject: "frame", language: "all" };
