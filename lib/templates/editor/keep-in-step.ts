import type { Editor, JSONContent } from "@tiptap/core";
import type { Source } from "@/lib/templates/editor/mount";

/** Dispatched on the form once what was typed has come to rest and stands in its fields. */
export const EDITED = "mail-edited";

const REST_MS = 150;

/** An editor with its field: what it holds as the field writes it, and how it opens with the field's. */
export type Pair = {
  editor: Editor;
  field: Source;
  write(): string;
  contentOf(typed: string): JSONContent;
};

/**
 * Keeps the fields of a form in step with their editors: once typing rests, and before anything is sent.
 * A field whose editor says what it said at first is as it was, to the character.
 */
export function keepInStep(form: HTMLFormElement, pairs: Pair[], rested: () => void): void {
  const first = new Map<Pair, { said: string; typed: string }>();
  const seen = new Map<Pair, string>();
  const note = (pair: Pair) => {
    first.set(pair, { said: pair.write(), typed: pair.field.value });
    seen.set(pair, pair.field.value);
  };
  const changed = new Set<Pair>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): boolean {
    clearTimeout(timer);
    if (changed.size === 0) return false;
    for (const pair of changed) {
      const said = pair.write();
      const known = first.get(pair);
      pair.field.value = known?.said === said ? known.typed : said;
      seen.set(pair, pair.field.value);
    }
    changed.clear();
    return true;
  }
  function rest(): void {
    if (!flush()) return;
    rested();
    form.dispatchEvent(new Event(EDITED, { bubbles: true }));
  }
  /** A browser that comes back to the page fills its fields in, maybe after this script began. */
  function readBack(): void {
    for (const pair of pairs) {
      if (changed.has(pair) || pair.field.value === seen.get(pair)) continue;
      pair.editor.commands.setContent(pair.contentOf(pair.field.value), { emitUpdate: false });
      note(pair);
      rested();
    }
  }
  for (const pair of pairs) {
    note(pair);
    pair.editor.on("update", () => {
      changed.add(pair);
      clearTimeout(timer);
      timer = setTimeout(rest, REST_MS);
    });
  }
  // Before the form is read, whichever form of the page is sent: it takes along what others hold.
  addEventListener("submit", flush, { capture: true });
  addEventListener("pagehide", flush);
  addEventListener("pageshow", readBack);
}
