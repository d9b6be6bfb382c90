import { findChoices, SEARCHED_FROM, type Searchable } from "@/components/scripts/find-choices";
import { onEachPage } from "@/components/scripts/on-each-page";

const known = new WeakSet<Element>();

/** All that a select offers to be found; what stands without words is seen at once. */
const choicesOf = (select: HTMLSelectElement): Searchable[] =>
  [...select.options]
    .filter((option) => option.dataset.words !== undefined)
    .map(({ value, label, dataset }) => ({ value, label, words: dataset.words ?? "" }));

function start(search: HTMLElement): void {
  const select = document.getElementById(search.dataset.findsIn ?? "");
  const [input] = search.getElementsByTagName("input");
  const [list] = search.getElementsByTagName("ul");
  const [said, heard] = search.querySelectorAll<HTMLElement>("[data-said]");
  const template = search.querySelector("template")?.content.querySelector("li");
  if (!(select instanceof HTMLSelectElement) || !input || !list || !said || !heard || !template)
    return;
  if (known.has(search)) return;
  known.add(search);
  const choices = choicesOf(select);
  const { none = "", chosen = "" } = search.dataset;

  const choose = ({ value, label }: Searchable) => {
    select.value = value;
    input.value = "";
    show();
    said.textContent = chosen.replace("{name}", label);
  };
  const entry = (choice: Searchable) => {
    const item = template.cloneNode(true) as HTMLElement;
    const button = item.querySelector("button");
    if (button) {
      button.textContent = choice.label;
      button.onclick = () => choose(choice);
    }
    return item;
  };
  const found = () => findChoices(choices, input.value);
  function show(): void {
    const some = found();
    list?.replaceChildren(...some.map(entry));
    const isMissing = (input?.value.trim().length ?? 0) >= SEARCHED_FROM && some.length === 0;
    if (said) said.textContent = isMissing ? none : "";
    // Who does not see the buttons hears which there are.
    if (heard) heard.textContent = some.map(({ label }) => label).join(", ");
  }
  input.oninput = show;
  input.onkeydown = (event) => {
    if (event.key !== "Enter") return;
    // Enter takes the first one found, and does not send the form around it.
    event.preventDefault();
    const [first] = found();
    if (first) choose(first);
  };
  search.classList.remove("invisible");
}

onEachPage(() => {
  for (const search of document.querySelectorAll<HTMLElement>("[data-finds-in]")) start(search);
});
