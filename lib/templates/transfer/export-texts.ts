import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";

/** The live texts as a JSON file: the format's number and notation, and nobody's personal data. */
export declare function exportTexts(
  staff: StaffMember,
  keys: TextKey[] | "all",
): Promise<{ name: string; json: string }>;
