import type { Locale } from "@/lib/i18n/locales";
import type { MailKind } from "@/lib/mail/kinds";
import type { MailDocument } from "@/lib/mail-document/document";
import { readDocument } from "@/lib/mail-document/read-document";
import { refused } from "@/lib/templates/gate/findings";
import { judgeHidden } from "@/lib/templates/gate/hidden-characters";
import { judgeLinks } from "@/lib/templates/gate/judge-links";
import {
  judgeBlocks,
  judgeButtons,
  judgeEmpty,
  judgeImages,
  judgeSize,
} from "@/lib/templates/gate/judge-pieces";
import { judgeSubject } from "@/lib/templates/gate/judge-subject";
import { judgeRequired, judgeVariables } from "@/lib/templates/gate/judge-variables";
import { judgeLookAlikes } from "@/lib/templates/gate/look-alikes";
import { readForGate } from "@/lib/templates/gate/passages";
import { judgeSixDigits } from "@/lib/templates/gate/six-digits";
import type { Finding } from "@/lib/templates/rules/finding";

/** A text of a kind of mail in a language, as it would be published. */
export type JudgedText = { kind: MailKind; locale: Locale; document: MailDocument };

export type GateFacts = {
  /** `example.com`, with a port where it is not 443; the first is that of our own pages. */
  allowedHosts: string[];
  /** The named blocks that are published beside it, in its language. */
  blocks: ReadonlyMap<string, MailDocument>;
  /** The ids of the uploaded pictures. */
  images: ReadonlySet<string>;
  /** A mail made of it, to be weighed; null: nothing is weighed. */
  rendered: { subject: string; html: string; text: string } | null;
  /** The text as it was typed, if it was: findings say their lines of it. */
  typed?: string;
};

// More do not help whoever reads them.
const FINDINGS_MOST = 100;

/** What goes live is read again at each send: what could not be read then is refused now. */
function judgeReadable(document: MailDocument): Finding[] {
  const read = readDocument(document);
  if ("document" in read) return [];
  return read.findings.map(({ kind, what }) => refused(kind, { part: "whole" }, what));
}

/**
 * The gate at publishing: all that is wrong with a text, and what whoever publishes it should look at,
 * what is refused first. `lib/templates/README.md` has each rule. A document of any content is judged.
 */
export function judgeText({ kind, document }: JudgedText, facts: GateFacts): Finding[] {
  const reading = readForGate(document, facts.blocks, facts.typed);
  const found = [
    ...judgeRequired(kind, reading),
    ...judgeSubject(reading),
    ...judgeVariables(kind, reading),
    ...judgeBlocks(reading, facts.blocks),
    ...judgeImages(reading, facts.images),
    ...judgeButtons(reading),
    ...judgeLinks(reading, facts.allowedHosts),
    ...judgeLookAlikes(reading),
    ...judgeHidden(reading),
    ...judgeSixDigits(reading),
    ...judgeEmpty(reading),
    ...judgeSize(reading, facts.rendered?.html ?? null),
  ];
  // The same may stand twice in a line, and a block in a text.
  const different = [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
  const isRefused = ({ level }: Finding) => level === "refused";
  const refusals = different.filter(isRefused);
  const unreadable = refusals.length > 0 ? [] : judgeReadable(document);
  return [...refusals, ...unreadable, ...different.filter((one) => !isRefused(one))].slice(
    0,
    FINDINGS_MOST,
  );
}
