import { CHARACTERS_MOST, DEPTH_MOST, PIECES_MOST } from "@/lib/mail-document/rules/limits";

/** Why foreign data is no document of ours; `what` says in words of the data what and where it is. */
export type DocumentProblem = {
  kind:
    | "not-a-document"
    | "address-not-https"
    | "hidden-characters"
    | "line-break"
    | "too-many-pieces"
    | "too-many-characters";
  what: string;
};

// Each level below the document is a list and what stands in it; a link is one more.
const LEVELS_MOST = 2 * DEPTH_MOST;
// What stands in a line has a text or a name, two marks and a link.
const VALUES_MOST = PIECES_MOST * 16;
const SHOWN_CHARACTERS = 60;

const poisoned = ["__proto__", "constructor", "prototype"];
const unreadable = /[\p{Cs}\p{Bidi_Control}]/u;

type Visit = { value: unknown; path: string; level: number };

/** A value as it is shown to people: on one line, cut, and with nothing that hides. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : String(value);
  const visible = text
    .slice(0, SHOWN_CHARACTERS)
    .replace(
      /[\p{C}\u2028\u2029]/gu,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  return `"${visible}${text.length > SHOWN_CHARACTERS ? "…" : ""}"`;
}

const at = (path: string, what: string) => (path === "" ? what : `${path}: ${what}`);

function judgeString(value: string, path: string, key: string): DocumentProblem | null {
  const [character] = unreadable.exec(value) ?? [];
  if (character !== undefined) {
    return { kind: "hidden-characters", what: at(path, shown(character)) };
  }
  if (key === "to" && !value.startsWith("https://")) {
    return { kind: "address-not-https", what: at(path, shown(value)) };
  }
  return null;
}

/**
 * Looks at foreign data before its shape is judged: it may be of any depth and size, so it is walked
 * without recursion and no further than a document reaches. The first problem is the answer; null: none.
 */
export function walkForeign(whole: unknown): DocumentProblem | null {
  const open: Visit[] = [{ value: whole, path: "", level: 1 }];
  let values = 0;
  let characters = 0;
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { value, path, level } = visit;
    values += 1;
    if (values > VALUES_MOST) return { kind: "too-many-pieces", what: `> ${PIECES_MOST}` };
    if (typeof value === "string") {
      characters += value.length;
      // Names of pieces count here too, so twice as many; the notation is counted when it is written.
      if (characters > 2 * CHARACTERS_MOST) {
        return { kind: "too-many-characters", what: `> ${CHARACTERS_MOST}` };
      }
      const problem = judgeString(value, path, path.slice(path.lastIndexOf(".") + 1));
      if (problem !== null) return problem;
    }
    if (typeof value !== "object" || value === null) continue;
    if (level > LEVELS_MOST) return { kind: "not-a-document", what: at(path, "…") };
    const keys = Object.keys(value);
    if (keys.length > VALUES_MOST) return { kind: "too-many-pieces", what: `> ${PIECES_MOST}` };
    for (const key of keys.reverse()) {
      const inner = path === "" ? key : `${path}.${key}`;
      if (poisoned.includes(key)) return { kind: "not-a-document", what: shown(inner) };
      open.push({ value: (value as Record<string, unknown>)[key], path: inner, level: level + 1 });
    }
  }
  return null;
}
