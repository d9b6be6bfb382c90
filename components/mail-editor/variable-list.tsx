import { Button } from "@/components/button";
import type { EditorChoices, EditorPageWords } from "@/components/mail-editor/words";

type VariableListProps = {
  id: string;
  variables: EditorChoices["variables"];
  words: EditorPageWords["list"];
};

/** The variables below the text: those in use, and those that are missing. */
export function VariableList({ id, variables, words }: VariableListProps) {
  // `code` is a panel and a value, and stands here once.
  const named = variables.filter(
    ({ name }, index) => variables.findIndex((other) => other.name === name) === index,
  );
  return (
    <section data-variable-list aria-labelledby={id} className="mt-5">
      <h3 id={id} className="font-semibold">
        {words.title}
      </h3>
      <p data-missing className="mail-missing" />
      <p data-heard aria-live="polite" className="sr-only" />
      <ul className="mt-2 divide-y divide-line">
        {named.map(({ name, isRequired, description, sample }) => (
          <li
            key={name}
            data-used-variable={name}
            hidden
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2"
          >
            <span className="min-w-0 flex-1 basis-48">
              <span className="mail-variable-name">{name}</span>{" "}
              {isRequired ? <span className="mail-mark">{words.required}</span> : null}{" "}
              <span data-when="missing" hidden className="mail-mark is-missing">
                {words.missing}
              </span>
              <span className="mt-0.5 block text-quiet text-sm">
                <span id={`${id}-${name}`}>{description}</span>
                {sample === "" ? null : (
                  <>
                    {" "}
                    {words.sample} <q>{sample}</q>
                  </>
                )}
              </span>
            </span>
            <span data-when="missing" hidden>
              <Button type="button" kind="inline" data-insert="" aria-describedby={`${id}-${name}`}>
                {words.insert}
              </Button>
            </span>
            <span data-when="used">
              <Button type="button" kind="inline" data-remove="" aria-describedby={`${id}-${name}`}>
                {words.remove}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
