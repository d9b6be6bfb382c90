import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { Refusal } from "@/lib/templates/judge-live";
import type { PublicationVerdict } from "@/lib/templates/rules/judge-publication";

export type PublishOutcome =
  /** By its number in its text and language. */
  | { kind: "published"; version: number; warnings: Refusal[] }
  | { kind: "refused"; refusals: Refusal[] }
  | Exclude<PublicationVerdict, { kind: "may-publish" }>
  | { kind: "signed-out" };

/**
 * Makes a draft live that somebody asked to publish.
 *
 * @param shown.seen the revision that was shown: another publishes nothing
 */
export declare function publish(
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<PublishOutcome>;
