import { ACTION_PREFIX, actionIn } from "@/components/next-internals";
import type { FormTable, KnownForm, ServedForm } from "@/lib/forms/form-table";

export type FormVerdict =
  /** One that the present build serves: at the page it was sent to, or at another since. */
  | { kind: "take"; form: ServedForm; movedTo?: string; adds?: KnownForm["adds"] }
  /** Loaded from a site that no longer knows it, or of a shape that is gone: one of these forms. */
  | { kind: "stale"; forms: readonly string[] }
  /** Names no form, and is none that we could know: Next's own matter. */
  | { kind: "pass" };

/** A field as it was sent; null: a file. */
export type SentField = readonly [field: string, value: string | null];

/**
 * Which form was sent, by the names of its fields. Whoever says which form it is, is believed or
 * reads that it is gone; of whoever does not, the fields say it where only one form of the page has
 * them.
 *
 * @param path decoded, of the request
 */
export function judgeForm(table: FormTable, path: string, sent: readonly SentField[]): FormVerdict {
  const fields = sent.map(([field]) => field);
  const said = fields.filter((field) => field.startsWith(ACTION_PREFIX));
  const here = table.forms.filter(({ page }) => page.test(path));
  const typed = fields.filter((field) => here.some((form) => form.fields.includes(field)));
  const [only] = said;
  if (only === undefined) return judgeBare(here, typed);
  const known = said.length > 1 ? undefined : table.byId.get(actionIn(only) ?? "");
  if (known === undefined) {
    return { kind: "stale", forms: likely(here, typed) };
  }
  const { form, isTaken, adds } = known;
  if (form === null || !isTaken) return { kind: "stale", forms: [known.name] };
  if (form.paths.some((one) => one.test(path))) return { kind: "take", form, adds };
  const movedTo = pathOf(form, sent);
  return movedTo === null
    ? { kind: "stale", forms: [form.name] }
    : { kind: "take", form, movedTo, adds };
}

/** Where a form's page is now; null where the form does not say which of several pages. */
function pathOf({ route, inPath }: ServedForm, sent: readonly SentField[]): string | null {
  if (inPath === null) return route;
  const value = sent.find(([field]) => field === inPath)?.[1] ?? "";
  return /^[\w:-]+$/.test(value) ? route.replace(/\[.+\]/, value) : null;
}

const holds = (form: ServedForm, typed: readonly string[]) =>
  typed.every((field) => form.fields.includes(field));

function judgeBare(here: readonly ServedForm[], typed: readonly string[]): FormVerdict {
  if (typed.length === 0) return judgeButton(here);
  const fitting = here.filter((form) => holds(form, typed));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return { kind: "take", form: only };
  const main = fitting.find(({ isMain }) => isMain);
  if (main !== undefined) return { kind: "take", form: main };
  // All fields of one, and only some of the others: a browser leaves none out but boxes.
  const exact = fitting.filter((form) => form.fields.length === new Set(typed).size);
  const [whole] = exact;
  if (whole === undefined || exact.length > 1) return { kind: "pass" };
  return { kind: "take", form: whole };
}

/** Nothing was typed: the page's only form, or the only one whose button asks for nothing to be typed. */
function judgeButton(here: readonly ServedForm[]): FormVerdict {
  const isButton = ({ fields, inQuery, inPath }: ServedForm) =>
    fields.every((field) => field === inPath || inQuery.includes(field));
  const [only, ...others] = here.length === 1 ? here : here.filter(isButton);
  return only === undefined || others.length > 0 ? { kind: "pass" } : { kind: "take", form: only };
}

function likely(here: readonly ServedForm[], typed: readonly string[]): string[] {
  if (typed.length === 0) return [];
  const fitting = here.filter((form) => holds(form, typed));
  const touched = here.filter((form) => form.fields.some((field) => typed.includes(field)));
  return (fitting.length > 0 ? fitting : touched).map(({ name }) => name);
}

/**
 * The query that a form's page has in its address, of what the form itself sends: forms are posted
 * to the bare path.
 *
 * @returns without a question mark; empty where there is none
 */
export function queryOf(
  table: FormTable,
  path: string,
  sent: readonly (readonly [field: string, value: string])[],
): string {
  const here = table.forms.filter(({ page }) => page.test(path));
  const named = new Set(here.flatMap(({ inQuery }) => inQuery));
  return new URLSearchParams(
    sent.filter(([field]) => named.has(field)).map(([field, value]) => [field, value]),
  ).toString();
}

/**
 * What a form's page has in its address and the form did not send: a form needs nothing that only
 * loading its page gives.
 *
 * @param query of the request, without its question mark
 */
export function missingFields(
  form: ServedForm,
  { path, query }: { path: string; query: string },
  sent: readonly string[],
): [field: string, value: string][] {
  const search = new URLSearchParams(query);
  const named = form.inPath === null ? null : (form.page.exec(path)?.[1] ?? null);
  const all = [
    [form.inPath ?? "", named] as const,
    ...form.inQuery.map((field) => [field, search.get(field)] as const),
  ];
  return all.filter((one): one is [string, string] => one[1] !== null && !sent.includes(one[0]));
}
