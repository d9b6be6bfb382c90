import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { Refusal } from "@/lib/templates/judge-live";
import type { SaveOutcome } from "@/lib/templates/save-draft";
import type { TypedDraft } from "@/lib/templates/typed-text";

/** What becomes of a request to publish. `warnings` do not hinder it. */
export type AskOutcome =
  | Exclude<SaveOutcome, { kind: "saved" | "unchanged" }>
  | { kind: "asked"; revision: string; warnings: Refusal[] }
  /** The draft is kept as it was typed. */
  | { kind: "refused"; revision: string; refusals: Refusal[] }
  /** It is what is live. */
  | { kind: "nothing-to-publish" };

/** Saves what was typed and asks for its publication; those who may publish it are mailed. */
export declare function askToPublish(
  staff: StaffMember,
  key: TextKey,
  typed: TypedDraft,
): Promise<AskOutcome>;
