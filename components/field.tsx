import type { InputHTMLAttributes, ReactNode } from "react";
import { answersRefused } from "@/components/form-desk";

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

type FrameProps = Pick<FieldProps, "label" | "hint" | "error" | "errorPrefix"> & {
  id: string;
  /** The input, with what ties it to its hint and error, and the edge it has. */
  children: (tied: {
    id: string;
    "aria-invalid": true | undefined;
    "aria-describedby": string | undefined;
    className: string;
  }) => ReactNode;
};

/** What is wrong with a field, where something is; the field is described by it. */
export function FieldError({
  id,
  error,
  errorPrefix,
}: Pick<FrameProps, "id" | "error" | "errorPrefix">) {
  if (!error) return null;
  return (
    <p id={`${id}-error`} className="mt-1 font-semibold text-danger text-sm">
      {errorPrefix ? <span className="sr-only">{errorPrefix} </span> : null}
      {error}
    </p>
  );
}

/** Label, hint and error of an input; hint and error belong to its description. */
export function FieldFrame({ id, label, hint, error, errorPrefix, children }: FrameProps) {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={error ? "border-danger border-l-4 pl-4" : undefined}>
      <label id={`${id}-label`} htmlFor={id} className="block font-semibold">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="mt-0.5 text-quiet text-sm">
          {hint}
        </p>
      ) : null}
      <FieldError id={id} error={error} errorPrefix={errorPrefix} />
      {children({
        id,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": describedBy || undefined,
        className: `mt-2 block w-full rounded-lg border bg-card px-3.5 py-2 ${
          error ? "border-2 border-danger" : "border-control"
        }`,
      })}
    </div>
  );
}

/** A labelled input of one line. Where its page says what is wrong, the focus is left to that. */
export function Field({
  name,
  label,
  hint,
  error,
  errorPrefix,
  look = "text",
  id = fieldId(name),
  autoFocus = false,
  ...input
}: FieldProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} errorPrefix={errorPrefix}>
      {(tied) => (
        <input
          name={name}
          type="text"
          {...input}
          {...tied}
          // biome-ignore lint/a11y/noAutofocus: asked for by a page that is for this field alone
          autoFocus={autoFocus && !answersRefused()}
          className={`${tied.className} min-h-12 ${looks[look]}`}
        />
      )}
    </FieldFrame>
  );
}
