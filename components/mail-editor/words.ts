type Words<Name extends string> = Record<Name, string>;

type Heading = "heading1" | "heading2" | "heading3";

/** A button of the toolbar, by what it does. */
export type ToolbarAction =
  | (Heading | "paragraph" | "list")
  | ("bold" | "italic" | "link" | "center" | "end" | "tight" | "wide")
  | ("variable" | "button" | "image" | "divider" | "block" | "undo" | "redo");

/** What the editor says in one language; `{…}` in `pieces` is filled in by its script. */
export type EditorPageWords = {
  /** `{keys}`: those that lead to the toolbar. */
  keys: string;
  /** `heading` with `{level}`. */
  toolbar: Words<"label" | "heading" | Exclude<ToolbarAction, Heading>>;
  pieces: Record<string, string>;
  list: Words<"title" | "required" | "missing" | "insert" | "remove" | "sample">;
  dialog: Words<
    | ("variable" | "variableHint" | "link" | "button" | "image" | "block")
    | ("words" | "wordsMissing" | "target" | "ownAddress" | "address" | "addressHint")
    | ("addressWrong" | "alternative" | "alternativeHint" | "alternativeMissing")
    | ("noImages" | "save" | "removeLink" | "cancel")
  >;
};

/** What a button of the toolbar is called. */
export function toolName(words: EditorPageWords["toolbar"], action: ToolbarAction): string {
  return isHeading(action)
    ? words.heading.replace("{level}", action.slice("heading".length))
    : words[action];
}

const isHeading = (action: ToolbarAction): action is Heading => action.startsWith("heading");

/** What people choose from in the editor. */
export type EditorChoices = {
  variables: {
    name: string;
    type: "value" | "link" | "panel";
    isRequired: boolean;
    /** What it stands for. */
    description: string;
    /** How that may look. */
    sample: string;
  }[];
  /** Uploaded pictures: where each is served, and what it is called. */
  images: { id: string; address: string; name: string }[];
  /** Named blocks, with the variables that each names. */
  blocks: { name: string; variables: string[] }[];
};
