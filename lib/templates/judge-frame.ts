import { surfaces } from "@/lib/brand";
import { contrast } from "@/lib/colour";
import type { MailFrame } from "@/lib/mail-document/frame";
import { hiddenIn } from "@/lib/templates/gate/hidden-characters";
import { hostsIn, isNamedBy, readAllowed } from "@/lib/templates/gate/hosts";
import { lookAlikesIn } from "@/lib/templates/gate/look-alikes";
import { codesIn } from "@/lib/templates/gate/six-digits";
import type { Finding, FindingKind } from "@/lib/templates/rules/finding";

// WCAG 2.2, 1.4.3: of words and of what they stand on.
const CONTRAST_LEAST = 4.5;

const levelOf = (isSure: boolean) => (isSure ? "refused" : "warned");

/**
 * What is wrong with what is set once for all mails, whatever they say: colours that nobody can read on
 * what mails stand on, in light and in dark, a logo that is not there, and in its words what the gate
 * finds in those of texts.
 *
 * @param facts the ids of the pictures that are there, and the hosts that words may name
 */
export function judgeFrame(
  frame: MailFrame,
  { images, allowedHosts }: { images: ReadonlySet<string>; allowedHosts: string[] },
): Finding[] {
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
  const allowed = readAllowed(allowedHosts);
  for (const text of words) {
    for (const line of text?.split(/\r?\n/) ?? []) {
      for (const { isSure } of hiddenIn(line)) find(levelOf(isSure), "hidden-characters");
      for (const { word, isSure } of lookAlikesIn(line)) {
        find(levelOf(isSure), "look-alike-letters", word);
      }
      // Mail programs make a link of an address, of a mere name only some.
      for (const { host, isAddress } of hostsIn(line)) {
        if (!allowed.some((one) => isNamedBy(one, host))) {
          find(levelOf(isAddress), "host-not-allowed", host);
        }
      }
      // In a mail with a code a number is shown in two parts, and companies have numbers.
      for (const { number } of codesIn(line)) find("warned", "six-digits", number);
    }
  }
  const [named] = hostsIn(frame.senderName ?? "");
  if (named !== undefined) refuse("host-not-allowed", named.host);
  if (frame.senderName?.includes("@")) refuse("host-not-allowed", frame.senderName);
  if (frame.senderName !== null && /[\r\n]/.test(frame.senderName)) refuse("line-break");
  return found;
}
