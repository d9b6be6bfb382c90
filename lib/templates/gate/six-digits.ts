import { refused, warned } from "@/lib/templates/gate/findings";
import { type Reading, wordsOf } from "@/lib/templates/gate/passages";
import type { Finding } from "@/lib/templates/rules/finding";

const CODE_DIGITS = 6;
const HALF = CODE_DIGITS / 2;

// What stands between the parts of one number as people write it.
const between = /^(?:\p{Zs}{1,3}|\p{Zs}{0,2}[\p{Pd}\u2212]\p{Zs}{0,2})$/u;
const thousands = /^[.,'’]$/;

type Digits = { start: number; end: number };

/** A text as it is read: digits of any script or form as digits, without what draws nothing. */
const asRead = (text: string) =>
  text.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");

const lengthOf = ({ start, end }: Digits, text: string) => [...text.slice(start, end)].length;

/** Parts that belong to one number, such as 482 913 or 48-29-13. */
function groups(text: string): Digits[][] {
  const found: Digits[][] = [];
  for (const match of text.matchAll(/\p{Nd}+/gu)) {
    const digits = { start: match.index, end: match.index + match[0].length };
    const group = found.at(-1);
    const last = group?.at(-1);
    if (last && between.test(text.slice(last.end, digits.start))) group?.push(digits);
    else found.push([digits]);
  }
  return found;
}

/** Numbers that could be taken for a code. `isSure`: nothing else is written so. */
export function codesIn(written: string): { number: string; isSure: boolean }[] {
  const text = asRead(written);
  const all = groups(text);
  const found: { number: string; isSure: boolean }[] = [];
  all.forEach((group, index) => {
    for (const part of group) {
      if (lengthOf(part, text) === CODE_DIGITS) {
        found.push({ number: text.slice(part.start, part.end), isSure: true });
      }
    }
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) return;
    const lengths = group.map((part) => lengthOf(part, text));
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (group.length > 1 && total === CODE_DIGITS) {
      // "29 2026" is the end of a date; equal parts are how codes are read out.
      const isSure = lengths.every((length) => length === lengths[0]);
      found.push({ number: text.slice(first.start, last.end), isSure });
    }
    const next = all[index + 1];
    if (next === undefined || !isThousands(text, [all[index - 1], group, next, all[index + 2]])) {
      return;
    }
    found.push({ number: text.slice(first.start, next[0]?.end), isSure: true });
  });
  return found;
}

/** Whether two groups in the middle are one number of six digits, such as 482.913. */
function isThousands(text: string, around: (Digits[] | undefined)[]): boolean {
  const [before, one, other, after] = around.map((group) => group ?? []);
  const joins = (left: Digits | undefined, right: Digits | undefined) =>
    left !== undefined && right !== undefined && thousands.test(text.slice(left.end, right.start));
  const [left] = one ?? [];
  const [right] = other ?? [];
  if (left === undefined || right === undefined || one?.length !== 1 || other?.length !== 1) {
    return false;
  }
  const areHalves = [left, right].every((part) => lengthOf(part, text) === HALF);
  return (
    areHalves && joins(left, right) && !joins(before?.at(-1), left) && !joins(right, after?.[0])
  );
}

function unescaped(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Whether six digits stand in a row in an address; dates in paths have dashes. */
const codeInAddress = (address: string) =>
  /(?<!\p{Nd})\p{Nd}{6}(?!\p{Nd})/u.exec(asRead(unescaped(address)))?.[0];

/** Six digits besides the code: whoever looks for it in the mail could take them for it. */
export function judgeSixDigits({ passages, leadings }: Reading): Finding[] {
  const inWords = passages.flatMap(({ spot, runs }) =>
    codesIn(wordsOf(runs)).map(({ number, isSure }) =>
      (isSure ? refused : warned)("six-digits", spot, number),
    ),
  );
  const inAddresses = leadings.flatMap(({ spot, link }) => {
    const number = "to" in link ? codeInAddress(link.to) : undefined;
    return number === undefined ? [] : [refused("six-digits", spot, number)];
  });
  return [...inWords, ...inAddresses];
}
