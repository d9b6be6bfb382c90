import type { InputHTMLAttributes, ReactNode } from "react";

export type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "name" | "className"> & {
  name: string;
  label: string;
  hint?: ReactNode;
  /** What is wrong and how to put it right. */
  error?: ReactNode;
  /** Said before the error to who does not see its colour, such as "Error:". */
  errorPrefix?: string;
  /** "code": large figures, for a code that is read off another screen. */
  look?: "text" | "code";
};

/** The id of a field's input, for links of an error summary. */
export const fieldId = (name: string) => `field-${name}`;

const looks = {
  text: "",
  code: "font-mono text-2xl tracking-[0.3em] tabular-nums",
};

/** A labelled input; hint and error belong to its description. */
export function Field({
  name,
  label,
  hint,
  error,
  errorPrefix,
  look = "text",
  id = fieldId(name),
  ...input
}: FieldProps) {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={error ? "border-danger border-l-4 pl-4" : undefined}>
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="mt-0.5 text-quiet text-sm">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="mt-1 font-semibold text-danger text-sm">
          {errorPrefix ? <span className="sr-only">{errorPrefix} </span> : null}
          {error}
        </p>
      ) : null}
      <input
        id={id}
        name={name}
        type="text"
        {...input}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className={`mt-2 block min-h-12 w-full rounded-lg border bg-card px-3.5 py-2 ${looks[look]} ${
          error ? "border-2 border-danger" : "border-control"
        }`}
      />
    </div>
  );
}
