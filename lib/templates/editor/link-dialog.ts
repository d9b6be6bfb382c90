import { confirmByEnter, judgeField, startDialog } from "@/lib/templates/editor/choose";
import { partOf } from "@/lib/templates/editor/elements";
import { isAddress, type TargetAttributes } from "@/lib/templates/editor/inline-schema";

/** What the dialog opens with, and what is done with what it says. */
export type LinkQuestion = {
  kind: "link" | "button";
  /** Null: the words stand in the text already. */
  words: string | null;
  target: TargetAttributes;
  save(words: string, target: TargetAttributes): void;
  /** Left out: there is nothing yet that could be taken away. */
  remove?: () => void;
};

/** The value of the select that stands for an address of one's own. */
const OWN_ADDRESS = "";

/** The dialog that asks for words and where they lead. */
export function startLinkDialog(dialog: HTMLDialogElement): (question: LinkQuestion) => void {
  const { open } = startDialog(dialog);
  confirmByEnter(dialog);
  const words = partOf(dialog, "[data-link-words]", HTMLInputElement);
  const target = partOf(dialog, "[data-link-target]", HTMLSelectElement);
  const address = partOf(dialog, "[data-link-address]", HTMLInputElement);
  const confirm = partOf(dialog, "[data-confirm]", HTMLButtonElement);
  const remove = partOf(dialog, "[data-remove]", HTMLButtonElement);
  const around = (field: HTMLElement) => field.closest<HTMLElement>("[data-field]") ?? field;
  let question: LinkQuestion | null = null;

  const showAddress = () => {
    around(address).hidden = target.value !== OWN_ADDRESS;
  };
  target.onchange = showAddress;

  confirm.onclick = () => {
    if (question === null) return;
    const typed = address.value.trim();
    const isOwn = target.value === OWN_ADDRESS;
    const isNamed = question.words === null || judgeField(words, words.value.trim() !== "");
    // The first field that is wrong gets the focus.
    if (!isNamed) return;
    if (!judgeField(address, !isOwn || isAddress(typed))) return;
    dialog.close();
    question.save(
      words.value.trim(),
      isOwn ? { to: typed, variable: null } : { to: null, variable: target.value },
    );
  };
  remove.onclick = () => {
    dialog.close();
    question?.remove?.();
  };

  return (asked) => {
    question = asked;
    for (const title of dialog.querySelectorAll<HTMLElement>("[data-title]")) {
      title.hidden = title.dataset.title !== asked.kind;
    }
    around(words).hidden = asked.words === null;
    words.value = asked.words ?? "";
    const variables = [...target.options].map(({ value }) => value);
    const isNew = asked.target.to === null && asked.target.variable === null;
    // What a mail links to is nearly always the link that it is sent for.
    const usual = isNew ? variables.find((value) => value !== OWN_ADDRESS) : undefined;
    target.value = asked.target.variable ?? usual ?? OWN_ADDRESS;
    if (target.selectedIndex < 0) target.value = OWN_ADDRESS;
    address.value = asked.target.to ?? "";
    judgeField(words, true);
    judgeField(address, true);
    remove.hidden = asked.remove === undefined;
    showAddress();
    open();
  };
}
