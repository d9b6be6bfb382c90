import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";

/** What was live of a text, from `at` until the next. */
export type ListedVersion = {
  id: string;
  number: number;
  action: "published" | "rolled-back" | "built-in";
  /** Of one that was rolled back: to which, by its number. */
  to: number | null;
  /** Whether it is the built-in text; of a block, that it is gone. */
  isBuiltIn: boolean;
  isLive: boolean;
  note: string;
  at: Date;
  /** By their names, without those whose accounts are gone. */
  authors: string[];
  publisher: string | null;
};

/** The versions of a text, the newest first; at most a page, `before` a version's number. */
export declare function listVersions(
  staff: StaffMember,
  key: TextKey,
  before?: number,
): Promise<{ versions: ListedVersion[]; hasOlder: boolean; isBuiltInLive: boolean }>;
