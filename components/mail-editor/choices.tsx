import { Button } from "@/components/button";
import { DialogField, EditorDialog } from "@/components/mail-editor/dialogs";
import type { EditorChoices, EditorPageWords } from "@/components/mail-editor/words";

type Words = EditorPageWords["dialog"];

/** The dialog that lists the variables, those that are required first. */
export function VariableDialog({
  id,
  variables,
  words,
  required,
}: {
  id: string;
  variables: EditorChoices["variables"];
  words: Words;
  /** What marks a required one. */
  required: string;
}) {
  const [first, then] = [true, false].map((isRequired) =>
    variables.filter((variable) => variable.isRequired === isRequired),
  );
  return (
    <EditorDialog name="variable" id={id} title={words.variable} words={words}>
      <p className="text-quiet text-sm">{words.variableHint}</p>
      <ul className="mail-choices">
        {[...(first ?? []), ...(then ?? [])].map(
          ({ name, type, isRequired, description, sample }) => (
            <li key={`${type} ${name}`}>
              <button
                type="button"
                data-choose-variable={name}
                data-type={type}
                data-required={isRequired ? "" : undefined}
                className="mail-choice"
              >
                <span className="flex flex-wrap items-center gap-2">
                  <span className="mail-variable-name">{name}</span>
                  {isRequired ? <span className="mail-mark">{required}</span> : null}
                </span>
                <span data-description>{description}</span>
                <span data-sample className="text-quiet text-sm">
                  {sample}
                </span>
              </button>
            </li>
          ),
        )}
      </ul>
    </EditorDialog>
  );
}

/** The dialog of uploaded pictures, with what one says to who does not see it. */
export function ImageDialog({
  id,
  images,
  words,
}: {
  id: string;
  images: EditorChoices["images"];
  words: Words;
}) {
  if (images.length === 0) {
    return (
      <EditorDialog name="image" id={id} title={words.image} words={words}>
        <p>{words.noImages}</p>
      </EditorDialog>
    );
  }
  return (
    <EditorDialog
      name="image"
      id={id}
      title={words.image}
      words={words}
      buttons={
        <Button type="button" kind="inline" data-confirm="" aria-describedby={id}>
          {words.save}
        </Button>
      }
    >
      <fieldset className="mail-pictures">
        <legend className="sr-only">{words.image}</legend>
        {images.map(({ id: image, address, name }) => (
          <label key={image} className="mail-picture">
            <input
              type="radio"
              name={`${id}-choice`}
              data-choose-image={image}
              data-address={address}
              className="size-5 shrink-0 accent-accent"
            />
            {/* biome-ignore lint/performance/noImgElement: served as it is, for mails */}
            <img src={address} alt="" loading="lazy" className="mail-picture-image" />
            <span className="min-w-0">{name}</span>
          </label>
        ))}
      </fieldset>
      <DialogField
        id={`${id}-alternative`}
        label={words.alternative}
        hint={words.alternativeHint}
        error={words.alternativeMissing}
        data-alternative=""
      />
    </EditorDialog>
  );
}

/** The dialog of named blocks. */
export function BlockDialog({
  id,
  blocks,
  words,
}: {
  id: string;
  blocks: EditorChoices["blocks"];
  words: Words;
}) {
  return (
    <EditorDialog name="block" id={id} title={words.block} words={words}>
      <ul className="mail-choices">
        {blocks.map(({ name, variables }) => (
          <li key={name}>
            <button
              type="button"
              data-choose-block={name}
              data-names={variables.join(" ")}
              className="mail-choice"
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </EditorDialog>
  );
}
