/** Messages as a catalogue nests them. */
export type Tree = { [key: string]: string | Tree };

/** Every text of a catalogue with its key, such as `verify.errors.expired`. */
export function flatten(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`, value] as [string, string]]
      : flatten(value, `${path}${key}.`),
  );
}
