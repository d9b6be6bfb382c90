/** What a form is called outside of one build, and what of it is still taken. */
export type FormEntry = {
  /** The file of its action without the ending, and the action's name there. May move; the form's name may not. */
  action: `${string}#${string}`;
  /** The page that shows it: fields posted there without saying of which form may be this one's. */
  page: `/${string}`;
  /** Versions of its fields (published-shapes.ts) that the action judges rightly, the present one last. */
  versions: readonly [number, ...number[]];
  /** Fields that its page has in its address, after the question mark, under the same names. */
  inQuery?: readonly string[];
  /** The field that the page's path holds, where `page` has a part in brackets. */
  inPath?: string;
  /** Forms that were published by other names, with the fields that say what those meant. */
  formerly?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * What was typed comes back in the notice's cookie and never waits in a row: whoever may send this form
   * without an account or a link, all day, writes nothing by it.
   */
  inCookie?: true;
  /** Among forms of one page with the same fields, the one meant where none says which. */
  isMain?: true;
};

export type Listed = { action: string } & Partial<Omit<FormEntry, "action" | "page">>;

/** The forms of a page whose actions stand in one file. */
export function formsOf(
  page: FormEntry["page"],
  file: string,
  forms: Record<string, string | Listed>,
  shared: Partial<Listed> = {},
): Record<string, FormEntry> {
  const entries = Object.entries(forms).map(([name, listed]): [string, FormEntry] => {
    const one = typeof listed === "string" ? { action: listed } : listed;
    return [name, { versions: [1], ...shared, ...one, action: `${file}#${one.action}`, page }];
  });
  return Object.fromEntries(entries);
}
