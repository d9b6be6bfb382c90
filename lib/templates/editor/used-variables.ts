import { asTyped, fill, type Studio } from "@/lib/templates/editor/studio";

/** What the list can do with a variable. */
export type VariableWork = { insert(name: string): void; remove(name: string): void };

// A reader hears what is missing once the text rests, and not at each word.
const HEARD_AFTER_MS = 1_500;

/**
 * The list below the text: which variables it uses, and which it needs and lacks.
 *
 * @returns shows what is named anywhere, and what is named in the text, where what is needed must stand
 */
export function startVariableList(
  list: HTMLElement,
  { variables, words }: Studio,
  work: VariableWork,
): (named: ReadonlySet<string>, inText: ReadonlySet<string>) => void {
  const rows = [...list.querySelectorAll<HTMLElement>("[data-used-variable]")];
  const shown = list.querySelector<HTMLElement>("[data-missing]");
  const heard = list.querySelector<HTMLElement>("[data-heard]");
  const required = new Set(
    variables.filter(({ isRequired }) => isRequired).map(({ name }) => name),
  );
  for (const row of rows) {
    const name = row.dataset.usedVariable ?? "";
    const press = (part: string, does: () => void) => {
      const button = row.querySelector<HTMLButtonElement>(`button[data-${part}]`);
      if (button) button.onclick = does;
    };
    press("insert", () => work.insert(name));
    press("remove", () => work.remove(name));
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  let said: string | null = null;
  function say(text: string): void {
    if (shown) shown.textContent = text;
    clearTimeout(timer);
    // What the page opens with is read there; only what changes is said.
    if (said === null) said = text;
    if (text === said) return;
    timer = setTimeout(() => {
      said = text;
      if (heard) heard.textContent = text;
    }, HEARD_AFTER_MS);
  }

  return (named, inText) => {
    const missing = [...required].filter((name) => !inText.has(name));
    for (const row of rows) {
      const name = row.dataset.usedVariable ?? "";
      const isMissing = missing.includes(name);
      row.hidden = !isMissing && !named.has(name);
      row.toggleAttribute("data-lacks", isMissing);
      for (const part of row.querySelectorAll<HTMLElement>("[data-when]")) {
        part.hidden = (part.dataset.when === "missing") !== isMissing;
      }
    }
    if (shown) shown.toggleAttribute("data-lacks", missing.length > 0);
    say(
      missing.length > 0
        ? fill(words.missing, { names: missing.map(asTyped).join(", ") })
        : words.complete,
    );
  };
}
