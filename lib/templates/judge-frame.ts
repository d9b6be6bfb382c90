import { surfaces } from "@/lib/brand";
import { contrast } from "@/lib/colour";
import type { MailFrame } from "@/lib/mail-document/frame";
import type { Finding, FindingKind } from "@/lib/templates/rules/finding";

// WCAG 2.2, 1.4.3: of words and of what they stand on.
const CONTRAST_LEAST = 4.5;

const hidden = /[\p{Cf}\p{Cs}\p{Co}]|(?!\n)\p{Cc}/u;
const sixDigits = /(?<!\p{Nd})\p{Nd}{6}(?!\p{Nd})/u;

/**
 * What is wrong with what is set once for all mails, whatever they say: colours that nobody can read on
 * what mails stand on, in light and in dark, a logo that is not there, words that hide something.
 *
 * @param images the ids of the pictures that are there
 */
export function judgeFrame(frame: MailFrame, images: ReadonlySet<string>): Finding[] {
  const found: Finding[] = [];
  const find = (level: Finding["level"], kind: FindingKind, what?: string) =>
    found.push({ level, kind, where: { part: "whole" }, what });
  const refuse = (kind: FindingKind, what?: string) => find("refused", kind, what);
  for (const scheme of ["light", "dark"] as const) {
    const color = frame[scheme];
    if (color === null) continue;
    const isPoor = surfaces[scheme].some((one) => contrast(color, one) < CONTRAST_LEAST);
    if (isPoor) refuse("poor-contrast", color);
  }
  if (frame.logo !== null && !images.has(frame.logo)) refuse("unknown-image", frame.logo);
  const words = [frame.senderName, ...Object.values(frame.footer), ...Object.values(frame.legal)];
  for (const text of words) {
    if (text === null || text === undefined) continue;
    if (hidden.test(text)) refuse("hidden-characters");
    const [number] = sixDigits.exec(text) ?? [];
    // In a mail with a code it is shown in two parts.
    if (number !== undefined) find("warned", "six-digits", number);
  }
  if (frame.senderName !== null && /[\r\n]/.test(frame.senderName)) refuse("line-break");
  return found;
}
