import type { TextKey } from "@/lib/mail-document/text-key";
import type { Finding } from "@/lib/templates/rules/finding";

/** What the gate found in a text. Of a block or the frame, `of` may be a published mail that uses it. */
export type Refusal = { of: TextKey; finding: Finding };
