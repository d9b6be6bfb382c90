/** The scripts of our own, each a file of `components/scripts` or, of the mails' editor, `lib/templates/editor`. */
export type ScriptName =
  | "live-refresh"
  | "mail-editor"
  | "mail-preview"
  | "open-by-fragment"
  | "page"
  | "seen-version"
  | "select-search";

/** Asks for a script of our own beside what it serves. A browser runs each once, however often it is asked for. */
export function OwnScript({ name }: { name: ScriptName }) {
  return <script type="module" src={`/scripts/${name}.js`} />;
}
