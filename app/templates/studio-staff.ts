import { notFound } from "next/navigation";
import { orUnavailable } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { type TextView, textPath } from "@/app/templates/text-address";
import { staffRoles } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import { oneValue } from "@/lib/password/typed-credentials";
import { readTextKey } from "@/lib/templates/text-key-of";

/** Who works in the studio: all of the staff. */
export const studioRoles = staffRoles;

/** A form about one text: whose it is, and where its answer is shown. */
export type TextForm = {
  staff: StaffMember;
  key: TextKey;
  path: string;
  /** One of its fields; empty where it was not sent. */
  typed(field: string): string;
};

/**
 * Reads a form about one text.
 *
 * @throws Next's 404 where there can be no such text, and its redirect for whoever is not signed in
 */
export async function readTextForm(form: FormData, view?: TextView): Promise<TextForm> {
  const typed = (field: string) => oneValue(form, field) ?? "";
  const key = readTextKey(typed("kind"), typed("language"));
  if (key === null) return notFound();
  const shown = view ?? (typed("view") === "visual" ? "visual" : "plain");
  const path = key.subject === "frame" ? "/templates/frame" : textPath(key, shown);
  const staff = await orUnavailable(path, () => requireStaffMember(path, studioRoles));
  return { staff, key, path, typed };
}
