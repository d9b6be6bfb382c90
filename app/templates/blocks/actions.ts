"use server";

import { notFound, redirect } from "next/navigation";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { studioRoles } from "@/app/templates/studio-staff";
import { textPath } from "@/app/templates/text-address";
import { clearNotice } from "@/lib/forms/notice";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { createBlock } from "@/lib/templates/blocks";
import { removeBlock } from "@/lib/templates/remove-block";
import { readTextKey } from "@/lib/templates/text-key-of";

const PATH = "/templates/blocks";

/** Begins a named block. */
export async function createBlockAction(form: FormData): Promise<void> {
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, studioRoles));
  const name = oneValue(form, "name") ?? "";
  const outcome = await orUnavailable(PATH, () => createBlock(staff, { name }));
  switch (outcome.kind) {
    case "created":
      await clearNotice();
      return redirect(textPath(outcome.key, "visual"));
    case "invalid":
      return refuse(PATH, { form: "create-block", errors: { name: "blockName" } });
    case "taken":
      return refuse(PATH, { form: "create-block", errors: { name: "blockTaken" } });
    case "too-many":
      return refuse(PATH, { form: "create-block", errors: { name: "tooManyBlocks" } });
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Takes a block away in one language. */
export async function removeBlockAction(form: FormData): Promise<void> {
  const typed = (field: string) => oneValue(form, field) ?? "";
  const key = readTextKey(typed("kind"), typed("language"));
  if (key === null) return notFound();
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, studioRoles));
  const outcome = await orUnavailable(PATH, () => removeBlock(staff, key, { seen: typed("seen") }));
  switch (outcome.kind) {
    case "removed":
      return answerDone(PATH, "block-removed");
    case "draft-removed":
      return answerDone(PATH, "block-draft-removed");
    case "in-use":
      return refuse(PATH, { form: "remove-block", reason: "blockInUse" });
    // Gone by now, or never there: the list shows what is.
    case "outdated":
    case "unknown":
      return refuse(PATH, { form: "remove-block", reason: "blockOutdated" });
    case "signed-out":
      return askToSignIn(PATH);
  }
}
