import type { Database } from "@/lib/db/transaction";
import type { MailDocument } from "@/lib/mail-document/document";
import { findImagesByDigest, findNamedImages } from "@/lib/templates/images/image-store";
import { imagesIn } from "@/lib/templates/named-in";
import type { TextContent } from "@/lib/templates/text-content";

/** A picture as a file names it: its content is known again by its SHA-256, in hexadecimal. */
export type FilePicture = { id: string; name: string; sha256: string };

/** The pictures that a text shows, by their ids. */
export const picturesOf = (content: TextContent): string[] =>
  "frame" in content
    ? content.frame.logo === null
      ? []
      : [content.frame.logo]
    : imagesIn(content.document);

/** Pictures of here, as a file names them; each once, by their ids. */
export async function describePictures(database: Database, ids: string[]): Promise<FilePicture[]> {
  const found = await findNamedImages(database, ids);
  return found.map(({ digest, ...image }) => ({
    ...image,
    sha256: Buffer.from(digest).toString("hex"),
  }));
}

/** What the pictures of a file are here, by their ids there; `id` is null of one that is not here. */
export type PicturesHere = ReadonlyMap<string, { id: string | null; name: string }>;

/** Finds the pictures of a file here, by their content. */
export async function findHere(database: Database, pictures: FilePicture[]): Promise<PicturesHere> {
  const digests = pictures.map(({ sha256 }) => new Uint8Array(Buffer.from(sha256, "hex")));
  const found = await findImagesByDigest(database, digests);
  const here = new Map(found.map(({ id, digest }) => [Buffer.from(digest).toString("hex"), id]));
  return new Map(
    pictures.map(({ id, name, sha256 }) => [id, { id: here.get(sha256) ?? null, name }]),
  );
}

/** The names of a text's pictures that its file names, and that are not here. */
export function missingIn(content: TextContent, here: PicturesHere): string[] {
  const missing = picturesOf(content).flatMap((id) => {
    const picture = here.get(id);
    return picture === undefined || picture.id !== null ? [] : [picture.name];
  });
  return [...new Set(missing)];
}

/**
 * A text with the pictures of here instead of its file's. What its file does not name stays as it is,
 * as in files that name none: the gate refuses what is not here.
 *
 * @returns null where it shows no picture that is called otherwise here
 */
export function withPicturesHere(content: TextContent, here: PicturesHere): TextContent | null {
  const idOf = (id: string) => here.get(id)?.id ?? id;
  if (picturesOf(content).every((id) => idOf(id) === id)) return null;
  if (!("frame" in content)) return { document: withPictures(content.document, idOf) };
  const { logo } = content.frame;
  return { frame: { ...content.frame, logo: logo === null ? null : idOf(logo) } };
}

const withPictures = (document: MailDocument, idOf: (id: string) => string): MailDocument => ({
  ...document,
  pieces: document.pieces.map((piece) =>
    piece.type === "image" ? { ...piece, image: idOf(piece.image) } : piece,
  ),
});
