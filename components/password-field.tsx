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
};

/** A password input. Pasting works, nothing is cut off, and what was typed never comes back. */
export function PasswordField({
  purpose,
  words,
  about,
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
      {(tied) => (
        <PasswordInput
          name={name}
          {...input}
          {...tied}
          words={words}
          describedBy={about ?? `${id}-label`}
          autoComplete={`${purpose}-password`}
          autoCapitalize="none"
          spellCheck={false}
          className={`${tied.className} min-h-12 min-w-0`}
        />
      )}
    </FieldFrame>
  );
}
