import { answerDocument, fileOf } from "@/app/(door)/recover/answer-document";
import { fillDraft } from "@/app/(door)/recover/fill-draft";
import { statusPath } from "@/app/(door)/recover/status-path";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { addDocumentByToken } from "@/lib/cases/request/add-document";
import { clientNow } from "@/lib/client/client-ip";
import { oneValue } from "@/lib/password/typed-credentials";

const form = "recover-document";

/**
 * Fills this browser's draft in, or adds a document to the sent request whose page the form stands on.
 * A route and no server action: the gate takes larger bodies here than for pages.
 */
export async function POST(request: Request): Promise<Response> {
  const client = clientNow();
  const sent = await request.formData();
  const token = oneValue(sent, "token");
  if (token === null) return fillDraft(sent);
  const path = statusPath(token);
  const file = await fileOf(sent);
  if (file === null) return refuse(path, { form, errors: { document: "documentMissing" } });
  const outcome = await orUnavailable(path, () => addDocumentByToken(token, file, client));
  if (outcome.kind === "added" || outcome.kind === "known") {
    return answerDone(path, `recover-document-${outcome.kind}`, { name: outcome.name });
  }
  return answerDocument(path, outcome, () => refuse(path, { form, reason: "statusOver" }));
}
