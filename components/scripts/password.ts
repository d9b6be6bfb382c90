import { onEachPage } from "@/components/scripts/on-each-page";

const known = new WeakSet<Element>();

function reveal(button: HTMLButtonElement): void {
  const field = button.previousElementSibling;
  if (!(field instanceof HTMLInputElement) || known.has(button)) return;
  known.add(button);
  const [show, hide] = button.querySelectorAll<HTMLElement>("[data-word]");
  const turn = (isShown: boolean) => {
    field.type = isShown ? "text" : "password";
    if (show) show.hidden = isShown;
    if (hide) hide.hidden = !isShown;
  };
  button.onclick = () => turn(field.type === "password");
  button.classList.remove("invisible");
  // Browsers keep what was sent in a field of text, and offer it to whoever types there next.
  field.form?.addEventListener("submit", () => turn(false));
}

onEachPage(() => {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-shows-password]")) {
    reveal(button);
  }
});
