import { confirmByEnter, judgeField, startDialog } from "@/lib/templates/editor/choose";
import { partOf } from "@/lib/templates/editor/elements";

export type ImageQuestion = {
  /** Null: none yet. */
  image: string | null;
  alternative: string;
  save(image: string, alternative: string): void;
};

/** The dialog in which an uploaded picture is chosen, with what it says to who does not see it. */
export function startImageDialog(dialog: HTMLDialogElement): (question: ImageQuestion) => void {
  const { open } = startDialog(dialog);
  const choices = [...dialog.querySelectorAll<HTMLInputElement>("[data-choose-image]")];
  // Without a picture the dialog says so, and there is nothing to confirm.
  if (choices.length === 0) return open;
  confirmByEnter(dialog);
  const alternative = partOf(dialog, "[data-alternative]", HTMLInputElement);
  const confirm = partOf(dialog, "[data-confirm]", HTMLButtonElement);
  let question: ImageQuestion | null = null;
  confirm.onclick = () => {
    const chosen = choices.find((choice) => choice.checked)?.dataset.chooseImage;
    const text = alternative.value.trim();
    if (chosen === undefined || !judgeField(alternative, text !== "")) return;
    dialog.close();
    question?.save(chosen, text);
  };
  return (asked) => {
    question = asked;
    const known = choices.find((choice) => choice.dataset.chooseImage === asked.image);
    for (const choice of choices) choice.checked = choice === (known ?? choices[0]);
    alternative.value = asked.alternative;
    judgeField(alternative, true);
    open();
  };
}
