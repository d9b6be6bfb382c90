import { type Variable, variablesOf } from "@/lib/mail/edited/variables";
import { type MailKind, mailKinds } from "@/lib/mail/kinds";
import { inBraces, refused } from "@/lib/templates/gate/findings";
import { type Reading, wordsOf } from "@/lib/templates/gate/passages";
import type { Finding, FindingPlace } from "@/lib/templates/rules/finding";

type Use = "value" | "link" | "panel";

let known: ReadonlySet<string> | null = null;

/** Every name that texts of some kind may have. */
function allNames(): ReadonlySet<string> {
  known ??= new Set(mailKinds.flatMap((kind) => variablesOf(kind).map(({ name }) => name)));
  return known;
}

function judgeUse(name: string, use: Use, own: Variable[], spot: FindingPlace): Finding[] {
  const types = own.filter((variable) => variable.name === name).map(({ type }) => type);
  if (types.includes(use)) return [];
  const what = inBraces(name);
  if (types.length > 0)
    return [refused(use === "link" ? "not-a-link" : "not-in-a-line", spot, what)];
  const kind = allNames().has(name) ? "variable-of-other-kind" : "unknown-variable";
  return [refused(kind, spot, what)];
}

/** What was meant as a variable and is none: `{{Name}}`, `{{ code`} in an address. */
function bracesIn(text: string): string[] {
  const found: string[] = [];
  for (let start = text.indexOf("{{"); start >= 0; ) {
    const end = text.indexOf("}}", start);
    if (end < 0) break;
    found.push(text.slice(start, end + 2));
    start = text.indexOf("{{", end);
  }
  return found;
}

/** Variables that the kind of mail does not have, or not there. */
export function judgeVariables(kind: MailKind, reading: Reading): Finding[] {
  const own = variablesOf(kind);
  const inLines = reading.passages.flatMap(({ spot, runs }) => [
    ...runs.flatMap((run) => ("variable" in run ? judgeUse(run.variable, "value", own, spot) : [])),
    ...bracesIn(wordsOf(runs)).map((what) => refused("unknown-variable", spot, what)),
  ]);
  const inLinks = reading.leadings.flatMap(({ spot, link }) =>
    "variable" in link
      ? judgeUse(link.variable, "link", own, spot)
      : bracesIn(link.to).map((what) => refused("unknown-variable", spot, what)),
  );
  const panels = reading.pieces.flatMap(({ spot, piece }) =>
    piece.type === "panel" ? judgeUse(piece.panel, "panel", own, spot) : [],
  );
  return [...inLines, ...inLinks, ...panels];
}

/**
 * What the kind of mail is nothing without: panels as panels, the code in the subject too (contract,
 * "Mail"), a link as where something leads, values anywhere in the text.
 */
export function judgeRequired(kind: MailKind, { passages, leadings, pieces }: Reading): Finding[] {
  const panels = pieces.flatMap(({ piece }) => (piece.type === "panel" ? [piece.panel] : []));
  const links = leadings.flatMap(({ link }) => ("variable" in link ? [link.variable] : []));
  const valuesIn = (isSubject: boolean) =>
    passages
      .filter(({ spot }) => (isSubject ? spot.part === "subject" : spot.part === "text"))
      .flatMap(({ runs }) => runs.flatMap((run) => ("variable" in run ? [run.variable] : [])));
  const stand: Record<Use, string[]> = { panel: panels, link: links, value: valuesIn(false) };

  const required = variablesOf(kind).filter(({ isRequired }) => isRequired);
  const isPanel = (name: string) =>
    required.some((variable) => variable.name === name && variable.type === "panel");
  const missing = required
    // The code is a panel and a value; the panel is what must be there.
    .filter(({ name, type }) => type === "panel" || !isPanel(name))
    .filter(({ name, type }) => !stand[type].includes(name))
    .map(({ name }) => refused("required-missing", { part: "text" }, inBraces(name)));
  const needsCode = required.some(({ name }) => name === "code");
  if (needsCode && !valuesIn(true).includes("code")) {
    missing.push(refused("required-missing", { part: "subject" }, inBraces("code")));
  }
  return missing;
}
