import { type CookiePurpose, cookieName } from "@/lib/cookies/cookies";
import { readCookie, readSetCookie } from "@/lib/server/gate/cookie";

// What a browser is let in or known by; each holds something that nobody else can know.
const deciding = [
  "browser",
  "session",
  "pending",
  "trusted-browser",
  "case",
] as const satisfies CookiePurpose[];

/** The cookies of a browser that decide how its forms are judged, by purpose; no empty ones. */
export type Marks = Partial<Record<(typeof deciding)[number], string>>;

/** Reads the deciding cookies of a `Cookie` header. */
export function readMarks(cookies: string | undefined): Marks {
  const marks: Marks = {};
  for (const purpose of deciding) {
    const value = readCookie(cookies, cookieName(purpose));
    if (value) marks[purpose] = value;
  }
  return marks;
}

/** The value that an answer sets for a cookie: empty where it is cleared, undefined where it stays. */
export function cookieSet(answer: readonly string[], purpose: CookiePurpose): string | undefined {
  const name = cookieName(purpose);
  return answer.map(readSetCookie).findLast((set) => set.name === name)?.value;
}

/** The deciding cookies of a browser once it has taken an answer. */
export function marksAfter(before: Marks, answer: readonly string[]): Marks {
  const after: Marks = {};
  for (const purpose of deciding) {
    const value = cookieSet(answer, purpose) ?? before[purpose];
    if (value) after[purpose] = value;
  }
  return after;
}

/**
 * Whether a browser is as it was before a form, or as the form's answer left it: the second press of a
 * button may leave before the first one's answer has come, or after. Anything else came in between.
 */
export function isBetween(marks: Marks, before: Marks, after: Marks): boolean {
  return deciding.every((purpose) => [before[purpose], after[purpose]].includes(marks[purpose]));
}

/** Whether a browser holds every cookie that an answer set: nothing says that it has not come. */
export function hasArrived(answer: readonly string[], cookies: string | undefined): boolean {
  return answer.every((header) => {
    const [name = "", value = ""] = header.split(";", 1)[0]?.split(/=(.*)/) ?? [];
    return (readCookie(cookies, name.trim()) ?? "") === value.trim();
  });
}
