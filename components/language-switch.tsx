export type LanguageSwitchProps = {
  /** Where the choice is posted to, as `locale`. */
  action: string;
  label: string;
  current: string;
  /** BCP 47 code and what the language calls itself. */
  options: readonly { code: string; name: string }[];
  /** Where a script posts it with what stands half filled in other forms. */
  keepsAt: string;
  /** The form of the page that the buttons send instead, so that what was typed in it stays. */
  form?: { id: string; action?: string };
};

/** One button per language; works without JavaScript. */
export function LanguageSwitch({
  action,
  label,
  current,
  options,
  keepsAt,
  form,
}: LanguageSwitchProps) {
  return (
    <form method="post" action={action} aria-label={label} data-keeps-at={keepsAt}>
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
    </form>
  );
}
