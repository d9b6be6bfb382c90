import { createHash } from "node:crypto";
import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { documentName } from "@/lib/cases/documents/document-name";
import { readDocument } from "@/lib/cases/documents/read-document";
import { database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { IMAGE_PATTERN } from "@/lib/mail-document/document";
import { asEditor } from "@/lib/templates/as-editor";
import {
  countImages,
  findImageBytes,
  findImages,
  findSameImage,
  type ImageRow,
  storeImage,
} from "@/lib/templates/images/image-store";
import { IMAGE_MOST_BYTES, IMAGES_MOST } from "@/lib/templates/rules/limits";
import { pictureSize } from "@/lib/templates/rules/picture-size";

/** Why a file is no picture that mails can show. */
export type ImageFault =
  | "empty"
  | "too-large"
  | "not-a-picture"
  | "damaged"
  | "too-many-pixels"
  | "too-many";

/** What becomes of a picture that is uploaded. */
export type UploadOutcome =
  | { kind: "uploaded" | "kept-already"; image: ListedImage }
  | { kind: "refused"; because: ImageFault }
  | { kind: "signed-out" };

/** A picture as editors choose it; sizes in pixels. */
export type ListedImage = ImageRow & { type: "image/png" | "image/jpeg" };

/** A picture by its content alone: its own bytes and size. */
function readImage(file: Uint8Array) {
  if (file.length > IMAGE_MOST_BYTES) return "too-large" as const;
  const read = readDocument(file);
  if (read.kind === "wrong-type" || read.kind === "locked") return "not-a-picture" as const;
  if (read.kind !== "document") return read.kind;
  const { type, bytes } = read;
  if (type === "application/pdf") return "not-a-picture" as const;
  if (bytes.length > IMAGE_MOST_BYTES) return "too-large" as const;
  const size = pictureSize(type, bytes);
  return size === null ? ("damaged" as const) : { type, bytes: new Uint8Array(bytes), ...size };
}

/**
 * Keeps a PNG or JPEG of at most 512 KiB for mails to show; the same one is kept once. What it is and
 * where it ends is said by its content.
 *
 * @param file.name as the browser sent it, from anybody
 */
export async function uploadImage(
  staff: StaffMember,
  file: { name: string; bytes: Uint8Array },
): Promise<UploadOutcome> {
  const read = readImage(file.bytes);
  if (typeof read === "string") return { kind: "refused", because: read };
  const digest = new Uint8Array(createHash("sha256").update(read.bytes).digest());
  const outcome = await asEditor(staff, async (tx, now): Promise<UploadOutcome> => {
    const same = await findSameImage(tx, digest);
    if (same !== null) return { kind: "kept-already", image: listed(same) };
    if ((await countImages(tx)) >= IMAGES_MOST) return { kind: "refused", because: "too-many" };
    const name = documentName(file.name, read.type);
    const image = await storeImage(tx, { ...read, name, digest, uploadedAt: now });
    await recordAudit(tx, staff, {
      action: "template-image-uploaded",
      subject: { kind: "template", id: imageName(image.id) },
      details: { width: image.width, height: image.height, bytes: read.bytes.length },
      now,
    });
    return { kind: "uploaded", image: listed(image) };
  });
  log.info({ outcome: outcome.kind }, "picture of mails uploaded");
  return outcome;
}

/** What a picture is called in the audit log. */
const imageName = (id: string) => `image/${id}`;

const listed = (image: ImageRow): ListedImage => ({
  ...image,
  type: image.type === "image/png" ? "image/png" : "image/jpeg",
});

/** A picture with its bytes, for anybody who has its address; else null. */
export const findImage = async (
  id: string,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> } | null> =>
  IMAGE_PATTERN.test(id) ? findImageBytes(id) : null;

/** The pictures, the latest first. */
export const listImages = async (_staff: StaffMember): Promise<ListedImage[]> =>
  (await findImages(database)).map(listed);
