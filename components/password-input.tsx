"use client";

import { type InputHTMLAttributes, useEffect, useRef, useState } from "react";

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
  describedBy: string;
};

/**
 * The input of a password, with a button that shows what was typed. The button comes with the scripts
 * and has its room from the start, so that nothing moves; where there are none, the field is plain.
 */
export function PasswordInput({ words, describedBy, ...input }: PasswordInputProps) {
  const [hasScripts, setHasScripts] = useState(false);
  const [isShown, setIsShown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    setHasScripts(true);
    // Browsers keep what was sent in a field of text, and offer it to whoever types there next.
    const form = field.current?.form;
    const hide = () => setIsShown(false);
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, []);
  return (
    <div className="flex gap-2">
      <input {...input} ref={field} type={isShown ? "text" : "password"} />
      <button
        type="button"
        aria-describedby={describedBy}
        onClick={() => setIsShown(!isShown)}
        className={`mt-2 min-h-12 shrink-0 cursor-pointer rounded-lg border border-control bg-card px-3 text-text hover:bg-sunken noscript:hidden ${
          hasScripts ? "" : "invisible"
        }`}
      >
        <span aria-hidden="true">{isShown ? words.hide : words.show}</span>
        <span className="sr-only">{isShown ? words.hidePassword : words.showPassword}</span>
      </button>
    </div>
  );
}
