import { headers } from "next/headers";
import { statusPath } from "@/app/(door)/recover/status-path";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import {
  type AddDocumentOutcome,
  addDocument,
  addDocumentByToken,
  type GivenFile,
} from "@/lib/cases/request/add-document";
import { readDraftCookie } from "@/lib/cases/request/draft-cookie";
import { clientOf } from "@/lib/client/client-ip";
import { oneValue } from "@/lib/password/typed-credentials";

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
async function fileOf(sent: FormData): Promise<GivenFile | null> {
  const files = sent.getAll("document");
  const [file] = files;
  if (files.length !== 1 || file === undefined || typeof file === "string") return null;
  if (file.name === "" && file.size === 0) return null;
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/**
 * Adds a document to this browser's draft, or to the sent request whose page the form stands on. A
 * route and no server action: the gate takes larger bodies here than for pages.
 */
export async function POST(request: Request): Promise<Response> {
  const client = clientOf(await headers());
  const sent = await request.formData();
  const token = oneValue(sent, "token");
  const path = token === null ? "/recover" : statusPath(token);
  const file = await fileOf(sent);
  if (file === null) return refuse(path, { form, errors: { document: "documentMissing" } });
  const id = await readDraftCookie();
  const outcome = await orUnavailable(path, async (): Promise<AddDocumentOutcome> => {
    if (token !== null) return addDocumentByToken(token, file, client);
    return id === null ? { kind: "over" } : addDocument(id, file, client);
  });
  switch (outcome.kind) {
    case "added":
    case "known":
      return answerDone(path, `recover-document-${outcome.kind}`, { name: outcome.name });
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
      return token === null
        ? refuse(path, { form: "recover-start", reason: "noDraft" })
        : refuse(path, { form, reason: "statusOver" });
  }
}
