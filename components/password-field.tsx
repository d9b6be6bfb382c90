import { FieldFrame, type FieldProps, fieldId } from "@/components/field";
import { PasswordInput, type RevealWords } from "@/components/password-input";

export type PasswordFieldProps = Omit<
  FieldProps,
  "type" | "autoComplete" | "look" | "value" | "defaultValue"
> & {
  /** Says to password managers whether to fill in or to make up. */
  purpose: "current" | "new";
  words: RevealWords;
  /** The id of a heading, where fields of several forms of the page have one label. */
  about?: string;
  /** Leaves out the button that shows it, where a form is to hold nothing else (contract, "Pages"). */
  isPlain?: boolean;
};

/** A password input. Pasting works, nothing is cut off, and what was typed never comes back. */
export function PasswordField({
  purpose,
  words,
  about,
  isPlain = false,
  name,
  label,
  hint,
  error,
  errorPrefix,
  id = fieldId(name),
  ...input
}: PasswordFieldProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} errorPrefix={errorPrefix}>
      {(tied) => {
        const password = {
          ...{ name, ...input, ...tied, autoComplete: `${purpose}-password` },
          ...{ autoCapitalize: "none", spellCheck: false },
          className: `${tied.className} min-h-12 min-w-0`,
        };
        if (isPlain) return <input {...password} type="password" />;
        const distinguishedBy = about ?? `${id}-label`;
        return <PasswordInput {...password} words={words} distinguishedBy={distinguishedBy} />;
      }}
    </FieldFrame>
  );
}
