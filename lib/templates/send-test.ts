import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { TypedFault, TypedText } from "@/lib/templates/typed-text";

export type TestOutcome =
  /** It waits to be sent to this address. */
  | { kind: "queued"; recipient: string }
  | { kind: "invalid"; faults: TypedFault[] }
  /** Such a text cannot be shown: it is no document. */
  | { kind: "not-a-text" }
  /** Of a block or the frame: a mail that uses it is sent instead. */
  | { kind: "no-mail" }
  /** Twenty were sent within the hour. */
  | { kind: "too-many"; until: Date }
  /** No such member of staff. */
  | { kind: "unknown" }
  | { kind: "signed-out" };

/** Sends what was typed as a test, marked as one, to oneself or to another member of staff. */
export declare function sendTest(
  staff: StaffMember,
  key: TextKey,
  typed: TypedText & { to?: string },
): Promise<TestOutcome>;

/** Whom a test can be sent to, oneself first. */
export declare function listTestRecipients(
  staff: StaffMember,
): Promise<{ accountId: string; name: string; email: string }[]>;
