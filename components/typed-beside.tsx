import { BESIDE_FIELD } from "@/components/form-desk";

type TypedBesideProps = {
  nonce: string | undefined;
  /** The action of the language switch, and where it sends what is to be kept. */
  languages: { action: string; keeping: string };
};

// A longer one would not fit into what a form may send.
const MOST_CHARACTERS = 40_000;

const script = ({ action, keeping }: TypedBesideProps["languages"]) => `
addEventListener("submit", ({ target }) => {
  const posts = (form) => form.getAttribute("method") === "post";
  const isChanged = (field) =>
    field.matches("[name]:is(input, select, textarea):not([type=password], [type=file])") &&
    (field.options
      ? [...field.options].some((one) => one.selected !== one.defaultSelected)
      : /checkbox|radio/.test(field.type)
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue);
  const isFilledIn = (form) =>
    form !== target && posts(form) &&
    (form.hasAttribute("data-typed") || [...form.elements].some(isChanged));
  const isKept = (form) => ([name, value]) =>
    typeof value === "string" && form.elements[name]?.type !== "password";
  target.querySelector("[name=${BESIDE_FIELD}]")?.remove();
  if (!posts(target)) return;
  const others = [...document.forms].filter(isFilledIn);
  const text = JSON.stringify(others.map((form) => [...new FormData(form)].filter(isKept(form))));
  if (others.length === 0 || text.length > ${MOST_CHARACTERS}) return;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "${BESIDE_FIELD}", value: text });
  target.append(field);
  if (target.getAttribute("action") === "${action}") {
    target.setAttribute("action", "${keeping}");
  }
});`;

/**
 * A browser sends one form. Where scripts run, whichever is sent takes along what stands half filled in
 * the others of its page, but for passwords and files, so that they hold it again afterwards.
 */
export function TypedBeside({ nonce, languages }: TypedBesideProps) {
  return (
    <script
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: constants of ours
      dangerouslySetInnerHTML={{ __html: script(languages) }}
    />
  );
}
