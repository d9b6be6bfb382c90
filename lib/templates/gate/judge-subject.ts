import type { Inline } from "@/lib/mail-document/document";
import { SUBJECT_CHARACTERS_MOST } from "@/lib/mail-document/rules/limits";
import { refused } from "@/lib/templates/gate/findings";
import type { Reading } from "@/lib/templates/gate/passages";
import type { Finding } from "@/lib/templates/rules/finding";
import { isVisible } from "@/lib/typed/visible";

/**
 * What a variable counts in a subject: the characters of a usual value. Names and addresses of people
 * are of any length, so they count as what most have.
 */
const usualCharacters: Record<string, number> = {
  ...{ code: 6, brand: 8, name: 14, account: 24, reference: 8, mail: 8, ip: 12, country: 7 },
  ...{ browser: 10, system: 10, time: 17, until: 9, duration: 10, support: 15, count: 2, limit: 2 },
  ...{ first: 9, last: 9, what: 30, cooling: 8, wait: 40 },
};
const OTHER_CHARACTERS = 10;

/** The characters of a subject as it is sent, its variables as `usualCharacters`. */
export const subjectCharacters = (subject: Inline[]): number =>
  subject.reduce((sum, inline) => {
    if ("break" in inline) return sum + 1;
    if ("text" in inline) return sum + [...inline.text].length;
    const usual = Object.hasOwn(usualCharacters, inline.variable)
      ? usualCharacters[inline.variable]
      : undefined;
    return sum + (usual ?? OTHER_CHARACTERS);
  }, 0);

const hasBreak = (line: Inline[]) => line.some((inline) => "break" in inline);

/** A subject that says nothing or too much, and lines that were ended. */
export function judgeSubject({ document: { subject, previewLine } }: Reading): Finding[] {
  const spot = { part: "subject" } as const;
  const found: Finding[] = [];
  const says = subject.some(
    (inline) => "variable" in inline || ("text" in inline && isVisible(inline.text)),
  );
  if (!says) found.push(refused("subject-empty", spot));
  const characters = subjectCharacters(subject);
  if (characters > SUBJECT_CHARACTERS_MOST) {
    found.push(refused("subject-too-long", spot, String(characters)));
  }
  if (hasBreak(subject)) found.push(refused("line-break", spot));
  if (hasBreak(previewLine)) found.push(refused("line-break", { part: "preview" }));
  return found;
}
