import type { NodeViewRenderer } from "@tiptap/core";
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import type { LinkTarget } from "@/lib/mail-document/document";
import { element, pressed } from "@/lib/templates/editor/elements";
import { targetOf } from "@/lib/templates/editor/inline-schema";
import { type ChangePiece, fill, type Studio, variableOf } from "@/lib/templates/editor/studio";

/** What a piece is called, to eyes and ears. */
function titleOf({ words, ...studio }: Studio, { type, attrs }: ProseMirrorNode): string {
  const name = String(attrs.panel ?? attrs.name ?? "");
  if (type.name === "mailButton") return words.button;
  if (type.name === "divider") return words.divider;
  if (type.name === "image") {
    return studio.images.has(attrs.image) ? words.picture : words.unknownPicture;
  }
  if (type.name === "block") {
    return fill(studio.blocks.has(name) ? words.block : words.unknownBlock, { name });
  }
  const known = variableOf({ words, ...studio }, name, "panel");
  if (known === undefined) return fill(words.unknownVariable, { name });
  return known.description;
}

/** What stands under the title: of a panel how it looks, of a picture its text. */
function detailOf(studio: Studio, { type, attrs }: ProseMirrorNode): string {
  const { words } = studio;
  if (type.name === "panel") return variableOf(studio, attrs.panel, "panel")?.sample ?? "";
  if (type.name !== "image") return "";
  return attrs.alternative
    ? fill(words.pictureText, { text: attrs.alternative })
    : words.pictureWithoutText;
}

/** The buttons of a piece: what it is about, and away with it. */
function actionsOf(
  { words }: Studio,
  name: string,
  work: { change?: () => void; remove: () => void },
): HTMLElement {
  const actions = element("span", "mail-piece-actions", { contenteditable: "false" });
  const make = (shown: string, label: string, press: () => void) => {
    const button = element("button", "mail-piece-button", {
      type: "button",
      "aria-label": fill(label, { name }),
    });
    button.textContent = shown;
    pressed(button, press);
    actions.append(button);
  };
  if (work.change) make(words.changeShort, words.change, work.change);
  make(words.removeShort, words.remove, work.remove);
  return actions;
}

function layOut(dom: HTMLElement, { attrs }: ProseMirrorNode): void {
  for (const key of ["align", "space"] as const) {
    if (attrs[key]) dom.dataset[key] = attrs[key];
    else delete dom.dataset[key];
  }
}

/** Where something leads, as people call it. */
function spokenTarget(studio: Studio, target: LinkTarget): string {
  if ("to" in target) return target.to;
  return (
    variableOf(studio, target.variable, "link")?.description ??
    fill(studio.words.unknownVariable, { name: target.variable })
  );
}

type Props = Parameters<NodeViewRenderer>[0];

const removal =
  ({ editor, getPos }: Props, size: () => number) =>
  () => {
    const from = getPos();
    if (from !== undefined)
      editor
        .chain()
        .deleteRange({ from, to: from + size() })
        .focus()
        .run();
  };

const isOfButton = (target: EventTarget | null) =>
  target instanceof Element && target.closest(".mail-piece-button") !== null;

/** Shows a piece that holds no text, with buttons to change and remove it. */
export const aloneView =
  (studio: Studio, change: ChangePiece): NodeViewRenderer =>
  (props) => {
    const dom = element("div", "mail-piece", { role: "group" });
    const fillWith = (node: ProseMirrorNode) => {
      const title = titleOf(studio, node);
      dom.setAttribute("aria-label", title);
      dom.dataset.piece = node.type.name;
      dom.replaceChildren();
      layOut(dom, node);
      if (node.type.name === "divider") dom.append(element("span", "mail-piece-line"));
      const address = studio.images.get(node.attrs.image);
      if (node.type.name === "image" && address !== undefined) {
        dom.append(element("img", "mail-piece-image", { src: address, alt: "" }));
      }
      const text = element("span", "mail-piece-text");
      const name = element("span", "mail-piece-title");
      name.textContent = title;
      const detail = element("span", "mail-piece-detail");
      detail.textContent = detailOf(studio, node);
      text.append(name, detail);
      const opens = node.type.name === "image" || node.type.name === "block";
      dom.append(
        text,
        actionsOf(studio, title, {
          change: opens ? () => change(props.getPos() ?? -1) : undefined,
          remove: removal(props, () => 1),
        }),
      );
    };
    fillWith(props.node);
    const { type } = props.node;
    return {
      dom,
      update: (node) => {
        if (node.type !== type) return false;
        fillWith(node);
        return true;
      },
      stopEvent: ({ target }) => isOfButton(target),
      ignoreMutation: () => true,
    };
  };

/** Shows a button as one, its words editable, with where it leads under it. */
export const buttonView =
  (studio: Studio, change: ChangePiece): NodeViewRenderer =>
  (props) => {
    let size = props.node.nodeSize;
    const { words } = studio;
    const dom = element("div", "mail-button-piece", { role: "group", "aria-label": words.button });
    const contentDOM = element("span", "mail-button-words");
    const below = element("span", "mail-piece-detail", { contenteditable: "false" });
    const actions = actionsOf(studio, words.button, {
      change: () => change(props.getPos() ?? -1),
      remove: removal(props, () => size),
    });
    const show = (node: ProseMirrorNode) => {
      size = node.nodeSize;
      layOut(dom, node);
      const target = targetOf(node.attrs);
      const address = target === null ? "" : spokenTarget(studio, target);
      below.textContent = fill(words.leadsTo, { address });
    };
    show(props.node);
    const row = element("span", "mail-button-row");
    row.append(contentDOM, below);
    dom.append(row, actions);
    return {
      dom,
      contentDOM,
      update: (node) => {
        if (node.type !== props.node.type) return false;
        show(node);
        return true;
      },
      stopEvent: ({ target }) => isOfButton(target),
      ignoreMutation: (mutation) =>
        mutation.type !== "selection" && !contentDOM.contains(mutation.target),
    };
  };
