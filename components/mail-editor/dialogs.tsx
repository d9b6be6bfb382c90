import type { InputHTMLAttributes, ReactNode } from "react";
import { Button } from "@/components/button";
import type { EditorChoices, EditorPageWords } from "@/components/mail-editor/words";

type Words = EditorPageWords["dialog"];

type FrameProps = {
  name: "variable" | "link" | "image" | "block";
  id: string;
  title: ReactNode;
  words: Words;
  /** The buttons beside the one that closes. */
  buttons?: ReactNode;
  children: ReactNode;
};

/** One of the editor's dialogs, which its script opens. */
export function EditorDialog({ name, id, title, words, buttons, children }: FrameProps) {
  return (
    <dialog data-dialog={name} aria-labelledby={id} className="mail-dialog">
      <div className="mail-dialog-frame">
        <h2 id={id} className="font-bold text-xl leading-tight">
          {title}
        </h2>
        {children}
        <div className="flex flex-wrap gap-3">
          {buttons}
          <Button type="button" kind="inline" data-cancel="" aria-describedby={id}>
            {words.cancel}
          </Button>
        </div>
      </div>
    </dialog>
  );
}

type DialogFieldProps = InputHTMLAttributes<HTMLInputElement> & {
  id: string;
  label: string;
  hint?: string;
  error: string;
};

/** A field of a dialog. It has no name: no form sends it. */
export function DialogField({ id, label, hint, error, ...input }: DialogFieldProps) {
  return (
    <div data-field>
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="mt-0.5 text-quiet text-sm">
          {hint}
        </p>
      ) : null}
      <p id={`${id}-error`} role="alert" hidden className="mt-1 font-semibold text-danger text-sm">
        {error}
      </p>
      <input
        id={id}
        type="text"
        autoComplete="off"
        data-error={`${id}-error`}
        aria-describedby={hint ? `${id}-hint ${id}-error` : `${id}-error`}
        className="mt-2 block min-h-12 w-full rounded-lg border border-control bg-card px-3.5 py-2 aria-invalid:border-2 aria-invalid:border-danger"
        {...input}
      />
    </div>
  );
}

/** The dialog of links and buttons. */
export function LinkDialog({
  id,
  links,
  words,
}: {
  id: string;
  links: EditorChoices["variables"];
  words: Words;
}) {
  return (
    <EditorDialog
      name="link"
      id={id}
      words={words}
      title={
        <>
          <span data-title="link">{words.link}</span>
          <span data-title="button">{words.button}</span>
        </>
      }
      buttons={
        <>
          <Button type="button" kind="inline" data-confirm="" aria-describedby={id}>
            {words.save}
          </Button>
          <Button type="button" kind="inline" data-remove="">
            {words.removeLink}
          </Button>
        </>
      }
    >
      <DialogField
        id={`${id}-words`}
        label={words.words}
        error={words.wordsMissing}
        data-link-words=""
      />
      <div>
        <label htmlFor={`${id}-target`} className="block font-semibold">
          {words.target}
        </label>
        <select
          id={`${id}-target`}
          data-link-target
          className="mt-2 block min-h-12 w-full rounded-lg border border-control bg-card px-3 py-2"
        >
          {links.map(({ name, description }) => (
            <option key={name} value={name}>
              {description}
            </option>
          ))}
          <option value="">{words.ownAddress}</option>
        </select>
      </div>
      <DialogField
        id={`${id}-address`}
        label={words.address}
        hint={words.addressHint}
        error={words.addressWrong}
        inputMode="url"
        spellCheck={false}
        data-link-address=""
      />
    </EditorDialog>
  );
}
