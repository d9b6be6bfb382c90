import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { type Locale, locales } from "@/lib/i18n/locales";
import { blocksOf } from "@/lib/mail/edited/edited-text";
import { type MailKind, mailKinds, rowOf } from "@/lib/mail/kinds";
import type { MailDocument } from "@/lib/mail-document/document";
import { type MailFrame, noFrame } from "@/lib/mail-document/frame";
import { blockNameOf, frameKey, type TextKey } from "@/lib/mail-document/text-key";
import { judgeText } from "@/lib/templates/gate/judge-text";
import { findImageSizes } from "@/lib/templates/images/image-store";
import { judgeFrame } from "@/lib/templates/judge-frame";
import { imagesIn } from "@/lib/templates/named-in";
import { renderSample } from "@/lib/templates/render-sample";
import type { Finding, FindingKind } from "@/lib/templates/rules/finding";
import { findTemplateSettings } from "@/lib/templates/settings";
import { findLiveAround, findLiveTexts } from "@/lib/templates/store";
import { builtInContent, storedContent, type TextContent } from "@/lib/templates/text-content";
import { kindOf, textName } from "@/lib/templates/text-key-of";

export type { Finding };

/** What the gate found in a text. Of a block or the frame, `of` may be a published mail that uses it. */
export type Refusal = { of: TextKey; finding: Finding };

/** What the gate says of a text: it goes live where nothing is refused. */
export type Judgement = { refusals: Refusal[]; warnings: Refusal[] };

/** What would be live together. */
type Live = {
  mails: Map<string, { key: TextKey; kind: MailKind; document: MailDocument }>;
  /** By language and name. */
  blocks: Map<string, Map<string, MailDocument>>;
  frame: MailFrame;
};

/**
 * Whether a text may go live beside all that is live now: its own, and where it is a block or the frame,
 * each published mail that uses it.
 *
 * @param content null: what was typed cannot be read
 * @param typed as it was typed, if it was: what is found says its lines of it
 */
export async function judgeLive(
  database: Database,
  key: TextKey,
  content: TextContent | null,
  typed?: string,
): Promise<Judgement> {
  if (content === null) {
    const finding: Finding = { level: "refused", kind: "not-a-document", where: { part: "whole" } };
    return { refusals: [{ of: key, finding }], warnings: [] };
  }
  const live = await findLive(database, key);
  place(live, key, content);
  const named = "frame" in content ? [] : imagesIn(content.document);
  const used = [...live.mails.values(), ...everyBlock(live)].flatMap((one) =>
    imagesIn(one.document),
  );
  const logo = live.frame.logo === null ? [] : [live.frame.logo];
  const sizes = await findImageSizes(database, [...named, ...used, ...logo]);
  const settings = await findTemplateSettings(database);
  const allowedHosts = [new URL(env().appUrl).host, ...settings.allowedHosts];
  const facts = { allowedHosts, images: new Set(sizes.keys()), sizes };
  const found = ownFindings(key, content, { ...facts, typed }).map((finding) => ({
    of: key,
    finding,
  }));
  for (const mail of concerned(live, key)) {
    const isOwn = textName(mail.key) === textName(key);
    const findings = await judgeMail(mail, live, isOwn ? { ...facts, typed } : facts);
    found.push(...findings.map((finding) => ({ of: mail.key, finding })));
  }
  return {
    refusals: found.filter(({ finding }) => finding.level === "refused"),
    warnings: found.filter(({ finding }) => finding.level === "warned"),
  };
}

type Facts = {
  allowedHosts: string[];
  images: ReadonlySet<string>;
  sizes: ReadonlyMap<string, { width: number }>;
  typed?: string;
};

/** What is live beside a text: of a mail what it may show, of what stands in many mails all of them. */
async function findLive(database: Database, key: TextKey): Promise<Live> {
  const found = await (kindOf(key) === null
    ? findLiveTexts(database)
    : findLiveAround(database, key.language));
  const live: Live = { mails: new Map(), blocks: new Map(), frame: noFrame };
  for (const { subject, language, document } of found) {
    const content = storedContent({ subject, language }, document);
    if (content !== null) place(live, { subject, language }, content);
  }
  return live;
}

function place(live: Live, key: TextKey, content: TextContent): void {
  if ("frame" in content) {
    live.frame = content.frame;
    return;
  }
  const { document } = content;
  const kind = kindOf(key);
  const name = blockNameOf(key.subject);
  if (kind !== null) live.mails.set(textName(key), { key, kind, document });
  if (name === null) return;
  const blocks = live.blocks.get(key.language) ?? new Map<string, MailDocument>();
  live.blocks.set(key.language, blocks.set(name, document));
}

const everyBlock = ({ blocks }: Live) =>
  [...blocks.values()].flatMap((named) => [...named.values()].map((document) => ({ document })));

/** The mails that a change of a text concerns. */
function concerned(live: Live, key: TextKey) {
  const own = live.mails.get(textName(key));
  if (own !== undefined) return [own];
  const name = blockNameOf(key.subject);
  const mails = [...live.mails.values()];
  if (name !== null) {
    return mails.filter(
      ({ key: { language }, document }) =>
        language === key.language && blocksOf(document).includes(name),
    );
  }
  // The frame stands around built-in texts too; those with a code bear the least beside it.
  return [...mails, ...codeMails().filter((one) => !live.mails.has(textName(one.key)))];
}

function codeMails() {
  const kinds = mailKinds.filter((kind) => rowOf(kind).carries === "code");
  return kinds.flatMap((kind) =>
    locales.flatMap((language) => {
      const key = { subject: kind, language };
      const content = builtInContent(key);
      return "document" in content ? [{ key, kind, document: content.document }] : [];
    }),
  );
}

async function judgeMail(
  { key, kind, document }: { key: TextKey; kind: MailKind; document: MailDocument },
  { blocks: all, frame }: Live,
  facts: Facts,
): Promise<Finding[]> {
  const locale = key.language as Locale;
  const blocks = all.get(locale) ?? new Map<string, MailDocument>();
  const text = { kind, locale, document };
  const found = judgeText(text, { ...facts, blocks, rendered: null });
  // What cannot be a mail is not made one, to be weighed.
  if (found.some(({ level }) => level === "refused")) return found;
  const made = await renderSample(text, { document, frame, blocks, images: facts.sizes });
  if (made === null) {
    return [{ level: "refused", kind: "not-a-document", where: { part: "whole" } }];
  }
  const { rendered, lacks } = made;
  // As at each send: what would fall back then is refused now.
  const lacking = lacks.map(
    (name): Finding => ({
      ...{ level: "refused", kind: "required-missing", where: { part: "whole" } },
      what: `{{${name}}}`,
    }),
  );
  return [...judgeText(text, { ...facts, blocks, rendered }), ...lacking];
}

// What depends on the mail that a block stands in is judged there.
const ofMails: FindingKind[] = [
  ...(["required-missing", "variable-of-other-kind", "subject-empty", "unknown-block"] as const),
];

function ownFindings(key: TextKey, content: TextContent, facts: Facts): Finding[] {
  if ("frame" in content) return judgeFrame(content.frame, facts);
  if (key.subject === frameKey.subject || blockNameOf(key.subject) === null) return [];
  const { document } = content;
  const inBlock: Finding[] = blocksOf(document).map((name) => ({
    ...{ level: "refused", kind: "block-in-block", where: { part: "text" } },
    what: `{{> ${name}}}`,
  }));
  const text = { kind: "account-closed" as const, locale: key.language as Locale, document };
  const found = judgeText(text, { ...facts, blocks: new Map(), rendered: null });
  return [...inBlock, ...found.filter(({ kind }) => !ofMails.includes(kind))];
}
