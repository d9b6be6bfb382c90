import { type MailDocument, mailDocumentSchema } from "@/lib/mail-document/document";
import { countCharacters, countPieces } from "@/lib/mail-document/measure-document";
import { CHARACTERS_MOST, PIECES_MOST } from "@/lib/mail-document/rules/limits";
import { type DocumentProblem, shown, walkForeign } from "@/lib/mail-document/walk-foreign";

export type ReadDocument = { document: MailDocument } | { findings: DocumentProblem[] };

// More do not help whoever reads them.
const PROBLEMS_MOST = 20;

function valueAt(whole: unknown, path: PropertyKey[]): unknown {
  let value = whole;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Says of a value that the schema refuses what it is: a node by its type, a text by itself. */
function problemOf(whole: unknown, path: PropertyKey[], keys: string[]): DocumentProblem {
  const value = valueAt(whole, path);
  const position = path.map(String).join(".");
  const isNode = typeof value === "object" && value !== null && !Array.isArray(value);
  const isBreak = isNode && Object.hasOwn(value, "break");
  if (isBreak && (path[0] === "subject" || path[0] === "previewLine")) {
    return { kind: "line-break", what: position };
  }
  const named = isNode && "type" in value ? value.type : value;
  const isSimple = named === null || (typeof named !== "object" && named !== undefined);
  const said = keys.length > 0 ? keys.map(shown).join(", ") : isSimple ? shown(named) : "";
  const parts = [position, said].filter((part) => part !== "");
  return { kind: "not-a-document", what: parts.join(": ") };
}

/**
 * Reads what claims to be a document: an import, an editor's draft, a stored version.
 *
 * @param value of any shape, depth and size, as JSON.parse gives it
 * @returns the document as it is, or all that is wrong with it; it never throws
 */
export function readDocument(value: unknown): ReadDocument {
  const problem = walkForeign(value);
  if (problem !== null) return { findings: [problem] };
  const parsed = mailDocumentSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) =>
      problemOf(value, issue.path, issue.code === "unrecognized_keys" ? issue.keys : []),
    );
    return { findings: problems.slice(0, PROBLEMS_MOST) };
  }
  const document = parsed.data;
  const pieces = countPieces(document);
  if (pieces > PIECES_MOST) {
    return { findings: [{ kind: "too-many-pieces", what: `${pieces} > ${PIECES_MOST}` }] };
  }
  const characters = countCharacters(document);
  if (characters > CHARACTERS_MOST) {
    const what = `${characters} > ${CHARACTERS_MOST}`;
    return { findings: [{ kind: "too-many-characters", what }] };
  }
  return { document };
}
