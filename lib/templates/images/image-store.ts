import { randomBytes } from "node:crypto";
import { type Database, database } from "@/lib/db/transaction";

/** A picture without its bytes. */
export type ImageRow = {
  id: string;
  name: string;
  type: string;
  width: number;
  height: number;
  uploadedAt: Date;
};

const select = {
  ...{ id: true, name: true, type: true, width: true, height: true, uploadedAt: true },
} as const;

const ID_BYTES = 15;

/** The picture of such contents; null: it was not uploaded yet. */
export function findSameImage(
  database: Database,
  digest: Uint8Array<ArrayBuffer>,
): Promise<ImageRow | null> {
  return database.mailImage.findUnique({ where: { digest }, select });
}

/** Those of some contents that there are. */
export function findImagesByDigest(
  database: Database,
  digests: Uint8Array<ArrayBuffer>[],
): Promise<{ id: string; digest: Uint8Array }[]> {
  return database.mailImage.findMany({
    where: { digest: { in: digests } },
    select: { id: true, digest: true },
  });
}

/** Some pictures with their names and digests, by their ids; those that there are. */
export function findNamedImages(
  database: Database,
  ids: string[],
): Promise<{ id: string; name: string; digest: Uint8Array }[]> {
  return database.mailImage.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, digest: true },
    orderBy: { id: "asc" },
  });
}

/** Keeps a picture. */
export function storeImage(
  tx: Database,
  image: Omit<ImageRow, "id"> & {
    bytes: Uint8Array<ArrayBuffer>;
    digest: Uint8Array<ArrayBuffer>;
  },
): Promise<ImageRow> {
  const id = BigInt(`0x${randomBytes(ID_BYTES).toString("hex")}`)
    .toString(36)
    .padStart(24, "0");
  return tx.mailImage.create({ data: { id, ...image }, select });
}

/** A picture with its bytes; else null. */
export function findImageBytes(id: string) {
  return database.mailImage.findUnique({ where: { id }, select: { type: true, bytes: true } });
}

/** How many pictures there are. */
export const countImages = (database: Database): Promise<number> => database.mailImage.count();

/** The pictures, the latest first. */
export function findImages(database: Database): Promise<ImageRow[]> {
  return database.mailImage.findMany({ select, orderBy: [{ uploadedAt: "desc" }, { id: "asc" }] });
}

/** How wide some pictures are, by their ids, in pixels; those that there are. */
export async function findImageSizes(
  database: Database,
  ids: string[],
): Promise<Map<string, { width: number }>> {
  if (ids.length === 0) return new Map();
  const found = await database.mailImage.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, width: true },
  });
  return new Map(found.map(({ id, width }) => [id, { width }]));
}
