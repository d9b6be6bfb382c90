import { db } from "@/lib/db/client";
import type { Locale } from "@/lib/i18n/locales";
import { blocksOf } from "@/lib/mail/edited/edited-text";
import { type Fallback, type LiveTexts, noTexts } from "@/lib/mail/edited/live-texts";
import type { MailKind } from "@/lib/mail/kinds";
import type { MailDocument } from "@/lib/mail-document/document";
import { type MailFrame, mailFrameSchema } from "@/lib/mail-document/frame";
import { readDocument } from "@/lib/mail-document/read-document";
import { blockNameOf, frameKey } from "@/lib/mail-document/text-key";

type Version = { version: number; subject: string; language: string; document: unknown };
type Asked = { kind: MailKind; locale: Locale; edition: number };

// Each is a few kilobytes: kinds in the languages of their customers, at the editions that still wait.
const KEPT = 500;
const kept = new Map<string, Promise<LiveTexts>>();

const isFrame = ({ subject }: Version) => subject === frameKey.subject;

/** The newest version of each text that a mail may be made of, up to an edition. */
const findVersions = ({ kind, locale, edition }: Asked): Promise<Version[]> => db.$queryRaw`
  SELECT id::float8 AS version, subject, language, document FROM (
    SELECT DISTINCT ON (subject, language) id, subject, language, document FROM template_version
    WHERE id <= ${edition}::bigint AND (
      (subject = ${frameKey.subject} AND language = ${frameKey.language})
      OR (language = ${locale} AND (subject = ${kind} OR subject LIKE 'block:%')))
    ORDER BY subject, language, id DESC) AS newest
  WHERE document IS NOT NULL`;

/** The sizes of the pictures of a document and of its blocks, by their ids; those that there are. */
export async function findImages(
  documents: MailDocument[],
): Promise<Map<string, { width: number }>> {
  const ids = documents
    .flatMap(({ pieces }) => pieces)
    .flatMap((piece) => (piece.type === "image" ? [piece.image] : []));
  if (ids.length === 0) return new Map();
  const found = await db.mailImage.findMany({
    where: { id: { in: ids } },
    select: { id: true, width: true },
  });
  return new Map(found.map(({ id, width }) => [id, { width }]));
}

const asFrame = (stored: unknown): MailFrame | undefined => mailFrameSchema.safeParse(stored).data;

function asDocument(stored: unknown): MailDocument | undefined {
  const read = readDocument(stored);
  return "document" in read ? read.document : undefined;
}

/** What was published as it is read; what cannot be read is noted. */
function read<Text>(
  version: Version | undefined,
  as: (stored: unknown) => Text | undefined,
  unreadable: Fallback[],
): { version: number; text: Text } | null {
  if (version === undefined) return null;
  const text = as(version.document);
  if (text !== undefined) return { version: version.version, text };
  const { subject, language } = version;
  unreadable.push({ subject, language, reason: "It is stored in a form that cannot be read." });
  return null;
}

async function find(asked: Asked): Promise<LiveTexts> {
  const versions = await findVersions(asked);
  const unreadable: Fallback[] = [];
  const frame = read(versions.find(isFrame), asFrame, unreadable);
  const own = read(
    versions.find(({ subject }) => subject === asked.kind),
    asDocument,
    unreadable,
  );
  const ofFrame = frame === null ? noTexts.frame : { version: frame.version, frame: frame.text };
  if (own === null) return { frame: ofFrame, text: null, unreadable };
  const named = new Set(blocksOf(own.text));
  const blocks = versions.flatMap((version) => {
    const name = blockNameOf(version.subject);
    if (name === null || !named.has(name)) return [];
    const block = read(version, asDocument, unreadable);
    return block === null ? [] : [{ name, ...block }];
  });
  const documents = [own, ...blocks].map(({ text }) => text);
  return {
    frame: ofFrame,
    text: {
      versions: [ofFrame.version, own.version, ...blocks.map(({ version }) => version)].join("+"),
      edited: {
        document: own.text,
        frame: ofFrame.frame,
        blocks: new Map(blocks.map(({ name, text }) => [name, text])),
        images: await findImages(documents),
      },
    },
    unreadable,
  };
}

/**
 * What mails of a kind and language are made of at an edition: of each text the newest version up to it.
 * Versions never change, so it is looked up once. While nothing is published nothing is looked up.
 *
 * @param edition null: of a mail that was not taken yet, as if nothing was published
 * @throws when the database is away
 */
export function findLiveTexts(
  kind: MailKind,
  locale: Locale,
  edition: number | null,
): Promise<LiveTexts> {
  if (edition === null || edition === 0) return Promise.resolve(noTexts);
  const key = `${kind} ${locale} ${edition}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const found = find({ kind, locale, edition });
  kept.set(key, found);
  // What could not be looked up is looked up again for the next mail.
  found.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return found;
}

/** Forgets what was looked up, as a process does that is started. */
export const forgetLiveTexts = (): void => kept.clear();

/** The newest version of any text by now; 0: nothing is published. */
export async function findEdition(): Promise<number> {
  const { _max } = await db.templateVersion.aggregate({ _max: { id: true } });
  return Number(_max.id ?? 0);
}
