import type { StaffMember } from "@/lib/account/staff-member";

export type ListedImage = {
  id: string;
  name: string;
  type: "image/png" | "image/jpeg";
  width: number;
  height: number;
  uploadedAt: Date;
};

export type UploadOutcome =
  | { kind: "uploaded" | "kept-already"; image: ListedImage }
  | {
      kind: "refused";
      because: "empty" | "too-large" | "not-a-picture" | "damaged" | "too-many-pixels";
    }
  | { kind: "signed-out" };

/** Keeps a PNG or JPEG of at most 512 KiB for mails to show. */
export declare function uploadImage(
  staff: StaffMember,
  file: { name: string; bytes: Uint8Array },
): Promise<UploadOutcome>;

/** A picture with its bytes, for anybody; else null. */
export declare function findImage(
  id: string,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> } | null>;

/** The pictures, the latest first. */
export declare function listImages(staff: StaffMember): Promise<ListedImage[]>;
