import { type Database, database } from "@/lib/db/transaction";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import type { EditedText } from "@/lib/mail/edited/edited-text";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { type SampleName, sampleMails } from "@/lib/mail/edited/sample-mails";
import type { MailKind } from "@/lib/mail/kinds";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import type { MailDocument } from "@/lib/mail-document/document";
import { type MailFrame, noFrame } from "@/lib/mail-document/frame";
import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";
import { findImageSizes } from "@/lib/templates/images/image-store";
import { imagesIn } from "@/lib/templates/named-in";
import { findLiveAround } from "@/lib/templates/store";
import { contentOf, storedContent, type TextContent } from "@/lib/templates/text-content";
import { kindOf } from "@/lib/templates/text-key-of";
import type { TypedText } from "@/lib/templates/typed-text";

/** A mail that names nothing of its own: what a block is shown in. */
const CARRIER: MailKind = "account-closed";

/** The mail that what is set once for all mails is shown around. */
const FRAMED: MailKind = "sign-in-code";

/**
 * A text as it would go out now, beside what is live of blocks and of what is set once for all mails,
 * with made-up data.
 *
 * @param person to whom; an unknown one is an ordinary customer
 * @returns null where it cannot be a mail yet, such as with an unknown variable
 */
export async function previewText(
  key: TextKey,
  typed: TypedText,
  { person, locale: reader }: { person: string; locale: Locale },
): Promise<RenderedMail | null> {
  const content = contentOf(key, typed);
  if (content === null) return null;
  const locale = isLocale(key.language) ? key.language : reader;
  const kind = kindOf(key) ?? ("frame" in content ? FRAMED : CARRIER);
  const samples = sampleMails(kind, locale);
  const sample = samples.find(({ name }) => name === (person as SampleName)) ?? samples[0];
  if (sample === undefined) return null;
  const text = await shownWith(database, { key, content, kind, locale });
  try {
    return await renderEdited(text, sample.mail, sample.carried);
  } catch {
    return null;
  }
}

type Shown = { key: TextKey; content: TextContent; kind: MailKind; locale: Locale };

/** What a text is rendered of, with what is live around it. */
export async function shownWith(
  database: Database,
  { key, content, kind, locale }: Shown,
): Promise<EditedText> {
  const blocks = new Map<string, MailDocument>();
  let frame: MailFrame = noFrame;
  for (const { document: stored, ...live } of await findLiveAround(database, locale)) {
    const read = storedContent(live, stored);
    if (read === null) continue;
    const name = blockNameOf(live.subject);
    if ("frame" in read) frame = read.frame;
    else if (name !== null && live.language === locale) blocks.set(name, read.document);
  }
  if ("frame" in content) frame = content.frame;
  const document =
    "frame" in content ? builtInDocument(kind, locale) : inCarrier(key, content.document, locale);
  const named = [document, ...blocks.values()].flatMap(imagesIn);
  return { document, frame, blocks, images: await findImageSizes(database, named) };
}

/** A document as a mail's: that of a block has no subject of its own. */
function inCarrier(key: TextKey, document: MailDocument, locale: Locale): MailDocument {
  if (blockNameOf(key.subject) === null) return document;
  const { subject, previewLine } = builtInDocument(CARRIER, locale ?? defaultLocale);
  return { ...document, subject, previewLine };
}
