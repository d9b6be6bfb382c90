import type { InputHTMLAttributes } from "react";

export type RevealWords = {
  /** What the button beside the field does, in one word and, for who only hears it, in full. */
  show: string;
  showPassword: string;
  hide: string;
  hidePassword: string;
};

type PasswordInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
  words: RevealWords;
  /** The id of what distinguishes this field's button from the others of the page. */
  distinguishedBy: string;
};

/**
 * The input of a password, with a button that shows what was typed. The button comes with the scripts
 * and has its room from the start, so that nothing moves; where there are none, the field is plain.
 */
export function PasswordInput({ words, distinguishedBy, ...input }: PasswordInputProps) {
  return (
    <div className="flex gap-2">
      <input {...input} type="password" />
      <button
        type="button"
        aria-describedby={distinguishedBy}
        data-shows-password
        data-keeps
        className="invisible mt-2 min-h-12 shrink-0 cursor-pointer rounded-lg border border-control bg-card px-3 text-text hover:bg-sunken noscript:hidden"
      >
        <span data-word>
          <span aria-hidden="true">{words.show}</span>
          <span className="sr-only">{words.showPassword}</span>
        </span>
        <span data-word hidden>
          <span aria-hidden="true">{words.hide}</span>
          <span className="sr-only">{words.hidePassword}</span>
        </span>
      </button>
    </div>
  );
}
