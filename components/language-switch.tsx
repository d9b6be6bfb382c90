export type LanguageSwitchProps = {
  /** Where the choice is posted to, as `locale`. */
  action: string;
  label: string;
  current: string;
  /** BCP 47 code and what the language calls itself. */
  options: readonly { code: string; name: string }[];
  /** The form of the page that the buttons send instead, so that what was typed in it stays. */
  form?: { id: string; action?: string };
  /** Where they send any other form that is being filled in. */
  keeping: { action: string; nonce: string | undefined };
};

const SWITCH = "language-switch";

/**
 * Where a page has several forms: the one that was typed into last goes along. One with a file does not,
 * for a file can be large, and no page can give it back.
 */
const takesTheFormThatIsFilledIn = (action: string) => `
addEventListener("input", ({ target: { form } }) => {
  if (form?.getAttribute("method") !== "post" || form.querySelector("[type=file]")) return;
  const id = form.getAttribute("id") ?? "filled-in-" + [...document.forms].indexOf(form);
  form.setAttribute("id", id);
  for (const button of document.querySelectorAll("#${SWITCH} button")) {
    button.setAttribute("form", id);
    button.formAction = "${action}";
  }
});`;

/** One button per language; works without JavaScript. */
export function LanguageSwitch({
  action,
  label,
  current,
  options,
  form,
  keeping,
}: LanguageSwitchProps) {
  return (
    <form id={SWITCH} method="post" action={action} aria-label={label}>
      <ul className="-mx-3 flex flex-wrap">
        {options.map(({ code, name }) => (
          <li key={code}>
            <button
              type="submit"
              name="locale"
              value={code}
              form={form?.id}
              formAction={form?.action}
              lang={code}
              aria-current={code === current ? "true" : undefined}
              className="min-h-11 cursor-pointer rounded-lg px-3 text-quiet hover:text-text hover:underline aria-[current]:font-semibold aria-[current]:text-text forced-colors:aria-[current]:underline"
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      {form === undefined ? (
        <script
          nonce={keeping.nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
          dangerouslySetInnerHTML={{ __html: takesTheFormThatIsFilledIn(keeping.action) }}
        />
      ) : null}
    </form>
  );
}
