import { partOf, pressed } from "@/lib/templates/editor/elements";

/** A dialog of the page: opens, says once what was chosen, and closes. */
export type Chooser = { dialog: HTMLDialogElement; open(): void };

/** Makes the page's dialog one: its Cancel button and a press beside it close it. */
export function startDialog(dialog: HTMLDialogElement): Chooser {
  for (const button of dialog.querySelectorAll<HTMLElement>("[data-cancel]")) {
    button.onclick = () => dialog.close();
  }
  // The dialog itself is what is pressed only where its content is not: on the ground behind it.
  dialog.addEventListener("mousedown", (event) => {
    if (event.target === dialog) dialog.close();
  });
  return { dialog, open: () => dialog.showModal() };
}

/** A dialog in which one of a list of buttons is pressed; hands on its element. */
export function startList(
  dialog: HTMLDialogElement,
  selector: string,
): { open(isOffered: (row: HTMLElement) => boolean, chosen: (row: HTMLElement) => void): void } {
  const { open } = startDialog(dialog);
  const rows = [...dialog.querySelectorAll<HTMLElement>(selector)];
  let choose: (row: HTMLElement) => void = () => undefined;
  for (const row of rows) {
    pressed(row, () => {
      dialog.close();
      choose(row);
    });
  }
  return {
    open: (isOffered, chosen) => {
      choose = chosen;
      for (const row of rows) {
        const entry = row.closest("li") ?? row;
        entry.hidden = !isOffered(row);
      }
      open();
    },
  };
}

/** Shows what is wrong with a field of a dialog, or that nothing is, and puts the focus there. */
export function judgeField(field: HTMLInputElement, isRight: boolean): boolean {
  const error = document.getElementById(field.dataset.error ?? "");
  if (error) error.hidden = isRight;
  field.toggleAttribute("aria-invalid", !isRight);
  if (isRight) field.removeAttribute("aria-invalid");
  else {
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
  return isRight;
}

/** Lets Enter in a field do what the dialog's first button does; the form of the page is not sent by it. */
export function confirmByEnter(dialog: HTMLDialogElement): void {
  const confirm = partOf(dialog, "[data-confirm]", HTMLButtonElement);
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    confirm.click();
  });
}
