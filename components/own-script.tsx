/** The scripts of our own, each a file of `components/scripts`. */
export type ScriptName = "countdown" | "live-refresh" | "password" | "seen-version";

/** Asks for a script of our own beside what it serves. A browser runs each once, however often it is asked for. */
export function OwnScript({ name }: { name: ScriptName }) {
  return <script type="module" src={`/scripts/${name}.js`} />;
}
