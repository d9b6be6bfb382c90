/** A new element with a class and attributes. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = "",
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Does something when a button is pressed; the caret stays in the text meanwhile. */
export function pressed(button: HTMLElement, work: () => void): void {
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    event.preventDefault();
    work();
  });
}

/** The one element that a part of the page is made with; without it the page stays as it was. */
export function partOf<Part extends HTMLElement>(
  within: ParentNode,
  selector: string,
  kind: new () => Part,
): Part {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return found;
}
