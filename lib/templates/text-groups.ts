import { type MailKind, rowOf } from "@/lib/mail/kinds";

/** How the list of mails is divided, in its order. */
export const textGroups = ["codes", "notices", "cases", "staff"] as const;
export type TextGroup = (typeof textGroups)[number];

/** Where a kind of mail stands in the list: by whom it is for, and what it is opened for. */
export function groupOf(kind: MailKind): TextGroup {
  const { template, carries } = rowOf(kind);
  if (template === "staff-notice" || template === "studio-notice") return "staff";
  if (template === "case-for-applicant" || template === "case-for-owner") return "cases";
  return carries === null && kind !== "already-have-account" ? "notices" : "codes";
}
