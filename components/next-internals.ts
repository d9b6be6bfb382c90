// What Next and React write into a page's forms, and promise to nobody: next-internals.test.ts holds
// each of these to the installed version. What the server alone knows: lib/server/next-internals.ts.

/** What begins the name of every field by which a form says which action it is for. */
export const ACTION_PREFIX = "$ACTION_";

const idPrefix = `${ACTION_PREFIX}ID_`;

/** The field that names an action by its id, as React writes it for a page without scripts. */
export const actionField = (id: string): string => `${idPrefix}${id}`;

/** The id in the name of such a field; null in every other name. */
export const actionIn = (field: string): string | null =>
  field.startsWith(idPrefix) ? field.slice(idPrefix.length) : null;

/**
 * The id that a build has given to a server action.
 *
 * @throws Error where it is none
 */
export function idOfAction(action: (form: FormData) => Promise<void>): string {
  const { $$id } = action as unknown as { $$id?: string };
  if ($$id === undefined) throw new Error("A PostForm needs a server action.");
  return $$id;
}
