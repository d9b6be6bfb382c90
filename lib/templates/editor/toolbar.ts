import type { Editor } from "@tiptap/core";
import type { Action } from "@/lib/templates/editor/actions";
import { pressed } from "@/lib/templates/editor/elements";

/**
 * Makes the page's toolbar one: a single stop of the Tab key, with arrows, Home and End between its
 * buttons, and Escape back into the text (WAI-ARIA, "Toolbar pattern").
 */
export function startToolbar(
  toolbar: HTMLElement,
  editor: Editor,
  actions: Record<string, Action>,
): void {
  const buttons = [...toolbar.querySelectorAll<HTMLButtonElement>("button[data-action]")];
  const actionOf = (button: HTMLElement) => actions[button.dataset.action ?? ""];
  toolbar.setAttribute("aria-controls", editor.view.dom.id);

  function stopAt(stop: HTMLButtonElement | undefined): void {
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  }
  stopAt(buttons[0]);

  for (const button of buttons) {
    const action = actionOf(button);
    if (action?.isOn) button.setAttribute("aria-pressed", "false");
    pressed(button, () => {
      stopAt(button);
      if (action && !action.isUseless?.(editor)) action.run(editor);
    });
  }

  toolbar.addEventListener("keydown", (event) => {
    const current = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = buttons.length - 1;
    const steps: Record<string, number> = {
      ArrowRight: current === last ? 0 : current + 1,
      ArrowDown: current === last ? 0 : current + 1,
      ArrowLeft: current <= 0 ? last : current - 1,
      ArrowUp: current <= 0 ? last : current - 1,
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    if (event.key === "Escape") editor.commands.focus();
    else if (next !== undefined) {
      stopAt(buttons[next]);
      buttons[next]?.focus();
    } else return;
    event.preventDefault();
  });

  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.key !== "F10" || !event.altKey) return;
    event.preventDefault();
    buttons.find((button) => button.tabIndex === 0)?.focus();
  });

  function show(): void {
    for (const button of buttons) {
      const action = actionOf(button);
      if (action?.isOn) button.setAttribute("aria-pressed", String(action.isOn(editor)));
      // Not disabled: who is on it with the keyboard would lose the place.
      if (action?.isUseless) {
        button.setAttribute("aria-disabled", String(action.isUseless(editor)));
      }
    }
  }
  show();
  // Once a frame at most: a held key makes many transactions.
  let isAsked = false;
  editor.on("transaction", () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      show();
    });
  });
}
