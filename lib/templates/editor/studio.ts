/** A variable as the page lists it: what it stands for, and how that may look. */
export type VariableChoice = {
  name: string;
  type: "value" | "link" | "panel";
  isRequired: boolean;
  description: string;
  sample: string;
};

/** What the script says by itself, with `{…}` for what is filled in; everything else stands in the page. */
export type EditorWords = {
  /** `{name}`, `{description}`, `{sample}`. */
  variable: string;
  /** `{name}`. */
  unknownVariable: string;
  /** `{name}`. */
  remove: string;
  /** `{name}`. */
  change: string;
  /** What the buttons of a piece show; `remove` and `change`, which begin with it, are their names. */
  removeShort: string;
  changeShort: string;
  /** `{address}`. */
  leadsTo: string;
  /** `{name}`. */
  block: string;
  /** `{name}`. */
  unknownBlock: string;
  picture: string;
  unknownPicture: string;
  /** `{text}`. */
  pictureText: string;
  pictureWithoutText: string;
  divider: string;
  button: string;
  /** `{names}`. */
  missing: string;
  complete: string;
};

/** All that the page hands to the editor. */
export type Studio = {
  variables: readonly VariableChoice[];
  /** Addresses of the uploaded pictures by their ids. */
  images: ReadonlyMap<string, string>;
  /** Named blocks, each with the variables that it names. */
  blocks: ReadonlyMap<string, readonly string[]>;
  words: EditorWords;
};

/** Asked for by a press on a piece: what the piece is about is to be chosen anew. */
export type ChangePiece = (position: number) => void;

/** Words with what belongs into them. */
export function fill(words: string, values: Record<string, string>): string {
  return words.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
}

/** How the plain notation names a variable. */
export const asTyped = (name: string) => `{{${name}}}`;

/** The variable of a name, of a type where one is asked for: `code` is a value and a panel. */
export function variableOf(
  { variables }: Studio,
  name: string,
  type?: VariableChoice["type"],
): VariableChoice | undefined {
  return variables.find((one) => one.name === name && (type === undefined || one.type === type));
}

/** Reads what the page hands over out of the template that `MailEditor` makes. */
export function readStudio({ content, dataset }: HTMLTemplateElement): Studio {
  const all = (selector: string) => [...content.querySelectorAll<HTMLElement>(selector)];
  const text = (row: HTMLElement, part: string) =>
    row.querySelector(`[data-${part}]`)?.textContent ?? "";
  return {
    variables: all("[data-choose-variable]").map((row) => ({
      name: row.dataset.chooseVariable ?? "",
      type: row.dataset.type as VariableChoice["type"],
      isRequired: row.dataset.required !== undefined,
      description: text(row, "description"),
      sample: text(row, "sample"),
    })),
    images: new Map(
      all("[data-choose-image]").map((row) => [
        row.dataset.chooseImage ?? "",
        row.dataset.address ?? "",
      ]),
    ),
    blocks: new Map(
      all("[data-choose-block]").map((row) => [
        row.dataset.chooseBlock ?? "",
        (row.dataset.names ?? "").split(" ").filter(Boolean),
      ]),
    ),
    words: JSON.parse(dataset.words ?? "") as EditorWords,
  };
}
