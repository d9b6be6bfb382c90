import { CHARACTERS_MOST, SUBJECT_CHARACTERS_MOST } from "@/lib/mail-document/rules/limits";

/** Numbers that the studio's words name. */
export const textNumbers = {
  max: CHARACTERS_MOST,
  subject: SUBJECT_CHARACTERS_MOST,
  hosts: 50,
} as const;
