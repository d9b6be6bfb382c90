"use server";

import { redirect } from "next/navigation";
import { orUnavailable, refuse } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { studioRoles } from "@/app/templates/studio-staff";
import { textPath } from "@/app/templates/text-address";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { createBlock } from "@/lib/templates/blocks";

const PATH = "/templates/blocks";

/** Begins a named block. */
export async function createBlockAction(form: FormData): Promise<void> {
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, studioRoles));
  const name = oneValue(form, "name") ?? "";
  const outcome = await orUnavailable(PATH, () => createBlock(staff, { name }));
  switch (outcome.kind) {
    case "created":
      return redirect(textPath(outcome.key, "visual"));
    case "invalid":
      return refuse(PATH, { form: "create-block", errors: { name: "blockName" } });
    case "taken":
      return refuse(PATH, { form: "create-block", errors: { name: "blockTaken" } });
    case "signed-out":
      return askToSignIn(PATH);
  }
}
