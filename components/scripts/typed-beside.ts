import { BESIDE_FIELD } from "@/components/form-desk";

// A longer one would not fit into what a form may send.
const MOST_CHARACTERS = 40_000;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const posts = (form: HTMLFormElement) => form.getAttribute("method") === "post";

const isField = (element: Element): element is Field =>
  element.matches("[name]:is(input, select, textarea):not([type=password], [type=file])");

function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    return [...field.options].some((one) => one.selected !== one.defaultSelected);
  }
  return field instanceof HTMLInputElement && /checkbox|radio/.test(field.type)
    ? field.checked !== field.defaultChecked
    : field.value !== field.defaultValue;
}

const isFilledIn = (form: HTMLFormElement) =>
  posts(form) &&
  (form.hasAttribute("data-typed") || [...form.elements].filter(isField).some(isChanged));

/** What a form would send, but for passwords and files. */
function kept(form: HTMLFormElement): [string, FormDataEntryValue][] {
  return [...new FormData(form)].filter(([name, value]) => {
    const field = form.elements.namedItem(name);
    return typeof value === "string" && !(field instanceof HTMLInputElement && isSecret(field));
  });
}

// One that is shown while it is typed is a password all the same.
const isSecret = (field: HTMLInputElement) =>
  field.type === "password" || /-password$/.test(field.autocomplete);

/**
 * A browser sends one form. Whichever is sent takes along what stands half filled in the others of its
 * page, so that they hold it again afterwards.
 */
addEventListener("submit", ({ target }) => {
  if (!(target instanceof HTMLFormElement)) return;
  target.querySelector(`[name=${BESIDE_FIELD}]`)?.remove();
  if (!posts(target)) return;
  const others = [...document.forms].filter((form) => form !== target && isFilledIn(form));
  const text = JSON.stringify(others.map(kept));
  if (others.length === 0 || text.length > MOST_CHARACTERS) return;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: BESIDE_FIELD, value: text });
  target.append(field);
  const { keepsAt } = target.dataset;
  if (keepsAt !== undefined) target.setAttribute("action", keepsAt);
});
