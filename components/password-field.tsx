import { Field, type FieldProps } from "@/components/field";

type PasswordFieldProps = Omit<FieldProps, "type" | "autoComplete" | "look" | "value"> & {
  /** Says to password managers whether to fill in or to make up. */
  purpose: "current" | "new";
};

/** A password input. Pasting works, nothing is cut off, and what was typed never comes back. */
export function PasswordField({ purpose, ...field }: PasswordFieldProps) {
  return (
    <Field
      {...field}
      type="password"
      autoComplete={`${purpose}-password`}
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
