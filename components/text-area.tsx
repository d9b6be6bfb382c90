import type { ReactNode, TextareaHTMLAttributes } from "react";
import { fieldId } from "@/components/field";

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name" | "className"> & {
  name: string;
  label: string;
  hint?: ReactNode;
  /** What is wrong and how to put it right. */
  error?: ReactNode;
  /** Said before the error to who does not see its colour, such as "Error:". */
  errorPrefix?: string;
};

/** A labelled input of several lines; hint and error belong to its description. */
export function TextArea({
  name,
  label,
  hint,
  error,
  errorPrefix,
  id = fieldId(name),
  rows = 5,
  ...area
}: TextAreaProps) {
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
      <textarea
        id={id}
        name={name}
        rows={rows}
        {...area}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className={`mt-2 block w-full rounded-lg border bg-card px-3.5 py-2 ${
          error ? "border-2 border-danger" : "border-control"
        }`}
      />
    </div>
  );
}
