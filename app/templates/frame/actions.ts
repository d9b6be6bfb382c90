"use server";

import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { readFrameForm } from "@/app/templates/frame/frame-fields";
import { studioRoles } from "@/app/templates/studio-staff";
import { frameKey } from "@/lib/mail-document/text-key";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { type AskOutcome, askToPublish } from "@/lib/templates/ask-to-publish";
import { type SaveOutcome, saveDraft } from "@/lib/templates/save-draft";
import { textName } from "@/lib/templates/text-key-of";

const PATH = "/templates/frame";
const about = { about: textName(frameKey) };
const refused = { form: "edit-frame", values: about } as const;

/** Saves what is set once for all mails as a draft, or asks to publish it, by what was pressed. */
export async function editFrameAction(form: FormData): Promise<void> {
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, studioRoles));
  const typed = (field: string) => (oneValue(form, field) ?? "").trim();
  const read = readFrameForm(typed);
  if (read.kind === "invalid") return refuse(PATH, { ...refused, errors: read.errors });
  const draft = {
    ...{ subjectLine: "", previewLine: "", text: JSON.stringify(read.frame) },
    ...{ note: typed("note"), seen: typed("seen"), base: typed("base") },
  };
  const isAsked = typed("pressed") === "ask";
  const outcome = await orUnavailable(
    PATH,
    async (): Promise<AskOutcome | SaveOutcome> =>
      isAsked ? askToPublish(staff, frameKey, draft) : saveDraft(staff, frameKey, draft),
  );
  switch (outcome.kind) {
    case "saved":
    case "unchanged":
    case "asked":
      return answerDone(PATH, `text-${outcome.kind}`, about);
    case "invalid":
      return refuse(PATH, { ...refused, errors: { note: "noteTooLong" } });
    case "nothing-to-publish":
      return refuse(PATH, { ...refused, reason: "nothingToPublish" });
    case "conflict":
    case "refused":
      return refuse(PATH, { ...refused, reason: outcome.kind });
    case "unknown":
    case "signed-out":
      return askToSignIn(PATH);
  }
}
