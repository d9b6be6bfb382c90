import { onEachPage } from "@/components/scripts/on-each-page";

const block = () => document.querySelector<HTMLElement>("[data-seen-version]");
let seen = block()?.dataset.seenVersion;

function show(): void {
  const now = block();
  if (now === null || seen === undefined) return;
  for (const field of document.querySelectorAll<HTMLInputElement>("[data-sends-version]")) {
    field.value = seen;
  }
  now.hidden = now.dataset.seenVersion === seen;
  const button = now.querySelector<HTMLButtonElement>("button");
  if (button)
    button.onclick = () => {
      seen = now.dataset.seenVersion;
      show();
    };
}

onEachPage(show);
