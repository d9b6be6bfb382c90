"use server";

import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { studioRoles } from "@/app/templates/studio-staff";
import { askToSignIn } from "@/lib/next-auth/session";
import { uploadImage } from "@/lib/templates/images/mail-images";

const PATH = "/templates/images";

const errorOf = {
  empty: "imageMissing",
  "too-large": "imageTooLarge",
  "not-a-picture": "imageWrongType",
  damaged: "imageDamaged",
  "too-many-pixels": "imageTooManyPixels",
  "too-many": "tooManyImages",
} as const;

/** Keeps a picture for mails to show. */
export async function uploadImageAction(form: FormData): Promise<void> {
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, studioRoles));
  const sent = form.get("file");
  const refused = { form: "upload-image" } as const;
  if (!(sent instanceof File))
    return refuse(PATH, { ...refused, errors: { file: "imageMissing" } });
  const file = { name: sent.name, bytes: new Uint8Array(await sent.arrayBuffer()) };
  const outcome = await orUnavailable(PATH, () => uploadImage(staff, file));
  switch (outcome.kind) {
    case "uploaded":
    case "kept-already":
      return answerDone(PATH, `image-${outcome.kind}`);
    case "refused":
      return refuse(PATH, { ...refused, errors: { file: errorOf[outcome.because] } });
    case "signed-out":
      return askToSignIn(PATH);
  }
}
