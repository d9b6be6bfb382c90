import type { Editor } from "@tiptap/core";
import type { Source } from "@/lib/templates/editor/mount";

/** Dispatched on the form once what was typed has come to rest and stands in its fields. */
export const EDITED = "mail-edited";

const REST_MS = 150;

/** An editor with its field, and how the field writes what the editor holds. */
export type Pair = { editor: Editor; field: Source; write(): string };

/**
 * Keeps the fields of a form in step with their editors: once typing rests, and before anything is sent.
 * A field whose editor says what it said at first is as it was, to the character.
 */
export function keepInStep(form: HTMLFormElement, pairs: Pair[], rested: () => void): void {
  const first = new Map(
    pairs.map((pair) => [pair, { said: pair.write(), typed: pair.field.value }]),
  );
  const changed = new Set<Pair>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): boolean {
    clearTimeout(timer);
    if (changed.size === 0) return false;
    for (const pair of changed) {
      const said = pair.write();
      const known = first.get(pair);
      pair.field.value = known?.said === said ? known.typed : said;
    }
    changed.clear();
    return true;
  }
  function rest(): void {
    if (!flush()) return;
    rested();
    form.dispatchEvent(new Event(EDITED, { bubbles: true }));
  }
  for (const pair of pairs) {
    pair.editor.on("update", () => {
      changed.add(pair);
      clearTimeout(timer);
      timer = setTimeout(rest, REST_MS);
    });
  }
  // Before the form is read, whichever form of the page is sent: it takes along what others hold.
  addEventListener("submit", flush, { capture: true });
  addEventListener("pagehide", flush);
}
