import type { NodeViewRenderer } from "@tiptap/core";
import { element, pressed } from "@/lib/templates/editor/elements";
import { fill, type Studio, variableOf } from "@/lib/templates/editor/studio";

/** What a variable is called to who hears it: its name, what it stands for and how that may look. */
export function spokenVariable(studio: Studio, name: string): string {
  const known = variableOf(studio, name, "value") ?? variableOf(studio, name);
  if (known === undefined) return fill(studio.words.unknownVariable, { name });
  const { description, sample } = known;
  return fill(studio.words.variable, { name, description, sample });
}

/** Shows a variable as a solid piece with a button that removes it. */
export const variableView =
  (studio: Studio): NodeViewRenderer =>
  ({ node, editor, getPos }) => {
    const name = String(node.attrs.name);
    const spoken = spokenVariable(studio, name);
    const remove = element("button", "mail-variable-remove", {
      type: "button",
      // Keys remove it as they remove a character; a stop for each would be a long way through a text.
      tabindex: "-1",
      "aria-label": fill(studio.words.remove, { name }),
    });
    pressed(remove, () => {
      const position = getPos();
      if (position === undefined) return;
      editor
        .chain()
        .focus()
        .deleteRange({ from: position, to: position + 1 })
        .run();
    });
    const dom = element("span", "mail-variable", {
      role: "group",
      "aria-label": spoken,
      title: spoken,
    });
    if (!variableOf(studio, name)) dom.dataset.unknown = "";
    const words = element("span");
    words.textContent = name;
    dom.append(words, remove);
    return {
      dom,
      stopEvent: ({ target }) => target === remove,
      ignoreMutation: () => true,
    };
  };
