import { compileMail } from "@/lib/mail/compile-mail";
import type { CompiledMail } from "@/lib/mail/compiled-mail";
import { compileEdited } from "@/lib/mail/edited/compile-edited";
import { inLines } from "@/lib/mail/edited/naming";
import { isServed } from "@/lib/mail/edited/served";
import { mailFactsSchema } from "@/lib/mail/facts";
import { fillMail, previewLineOf } from "@/lib/mail/fill-mail";
import { linkTypeOf, rowOf } from "@/lib/mail/kinds";
import { lacksOf } from "@/lib/mail/lacks";
import { contentsOf } from "@/lib/mail/mail-contents";
import { type MailShape, shapeOf } from "@/lib/mail/mail-shape";
import type { Carried } from "@/lib/mail/mail-to-show";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { HTML_BYTES_MOST, SUBJECT_CHARACTERS_MOST } from "@/lib/mail-document/rules/limits";
import { maskContents } from "@/lib/templates/proof/mask-contents";
import { type Overflow, overflowOf } from "@/lib/templates/proof/overflow";
import type { ProofRow } from "@/lib/templates/proof/proof-store";
import type { ProofedText } from "@/lib/templates/proof/proofed-text";

/** What is wrong with a mail that a text would make. */
export type ProofTrouble =
  /** It cannot be made of the text: the built-in one would go out. */
  | { kind: "breaks" }
  /** It would lack what its kind promises, by the names of variables: likewise. */
  | { kind: "missing"; names: string[] }
  | { kind: "long-subject"; characters: number }
  | ({ kind: "overflow" } & Overflow)
  | { kind: "heavy"; kilobytes: number };

/** A mail as a text would make it, with nobody's data. */
export type ProofedMail = {
  /** Null: it breaks. */
  made: RenderedMail | null;
  previewLine: string;
  /** Whether it is one that the built-in text is sent for, whatever is published. */
  isBuiltIn: boolean;
  troubles: ProofTrouble[];
};

// Nobody's: of one's own id its reference is made, by which a mail is found.
const SHOWN_ID = "5e1f3a70-9c4d-4b28-a6e1-3d0c7f92b845";
const SHOWN_CODE = "000000";
const KILOBYTE = 1024;

const carriedBy = ({ kind }: ProofedText, { hasNotMe }: ProofRow): Carried => ({
  code: rowOf(kind).carries === "code" ? SHOWN_CODE : null,
  linkToken: linkTypeOf(kind) === null ? null : "none",
  notMeToken: hasNotMe ? "none" : null,
});

/**
 * What makes mails of a text: each shape is compiled once, as for sending, and filled for each mail.
 *
 * @returns gives a stored mail as the text would make it
 */
export function proofingOf(text: ProofedText): (row: ProofRow) => Promise<ProofedMail> {
  const { kind, locale, edited, frame } = text;
  const compiled = new Map<string, Promise<CompiledMail>>();
  const compile = (shape: MailShape, isBuiltIn: boolean) => {
    const key = `${isBuiltIn} ${JSON.stringify(shape)}`;
    const made =
      compiled.get(key) ??
      (edited === null || isBuiltIn ? compileMail(shape, frame) : compileEdited(shape, edited));
    compiled.set(key, made);
    return made;
  };
  return async (row) => {
    let isBuiltIn = edited === null;
    try {
      const facts = mailFactsSchema.parse(row.facts);
      const { createdAt, ownerName, timeZone } = row;
      const mail = { ...{ id: SHOWN_ID, kind, locale, facts }, createdAt, ownerName, timeZone };
      const masked = maskContents(contentsOf(mail, carriedBy(text, row)));
      const shape = shapeOf(masked);
      isBuiltIn ||= edited !== null && !isServed(shape, edited);
      const contents = isBuiltIn ? masked : inLines(masked);
      const parts = await compile(shape, isBuiltIn);
      const made = fillMail(parts, contents);
      const troubles = troublesOf(made, lacksOf(made, contents));
      return { made, previewLine: previewLineOf(parts, contents), isBuiltIn, troubles };
    } catch {
      return { made: null, previewLine: "", isBuiltIn, troubles: [{ kind: "breaks" }] };
    }
  };
}

/** What is wrong with a mail that was made. */
export function troublesOf(made: RenderedMail, lacks: string[]): ProofTrouble[] {
  const troubles: ProofTrouble[] = [];
  if (lacks.length > 0) troubles.push({ kind: "missing", names: lacks });
  const characters = [...made.subject].length;
  if (characters > SUBJECT_CHARACTERS_MOST) troubles.push({ kind: "long-subject", characters });
  const overflow = overflowOf(made.html);
  if (overflow !== null) troubles.push({ kind: "overflow", ...overflow });
  const bytes = Buffer.byteLength(made.html);
  if (bytes > HTML_BYTES_MOST) {
    troubles.push({ kind: "heavy", kilobytes: Math.ceil(bytes / KILOBYTE) });
  }
  return troubles;
}
