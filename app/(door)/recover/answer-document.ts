import { refuse } from "@/app/forms/answer";
import type { AddDocumentOutcome, GivenFile } from "@/lib/cases/request/add-document";

const form = "recover-document";

const errors = {
  empty: "documentEmpty",
  "too-large": "documentTooLarge",
  "wrong-type": "documentWrongType",
  damaged: "documentDamaged",
  "too-many-pixels": "documentTooManyPixels",
  locked: "documentLocked",
} as const;

// Of a format that is known by name: how it becomes one that is taken.
const otherFormats = {
  "phone-picture": "documentPhonePicture",
  picture: "documentPicture",
  text: "documentText",
} as const;

/** The one file of the form; null where none was chosen, or more than one came. */
export async function fileOf(sent: FormData): Promise<GivenFile | null> {
  const files = sent.getAll("document");
  const [file] = files;
  if (files.length !== 1 || file === undefined || typeof file === "string") return null;
  if (file.name === "" && file.size === 0) return null;
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

type Refused = Exclude<AddDocumentOutcome, { kind: "added" | "known" }>;

/**
 * Says why a document was not added.
 *
 * @param over says so where what it was for takes none any more
 */
export async function answerDocument(
  path: string,
  outcome: Refused,
  over: () => Promise<never>,
): Promise<never> {
  switch (outcome.kind) {
    case "refused":
      if (outcome.format !== undefined) {
        const { kind, name } = outcome.format;
        const values = { format: name };
        return refuse(path, { form, values, errors: { document: otherFormats[kind] } });
      }
      // With no room left the page shows no field that could be at fault.
      return outcome.because === "full"
        ? refuse(path, { form, reason: "documentsFull" })
        : refuse(path, { form, errors: { document: errors[outcome.because] } });
    case "too-many":
      return refuse(path, { form, reason: "tooManyDocuments", until: outcome.until });
    case "over":
      return over();
  }
}
