import type { InputHTMLAttributes, ReactNode } from "react";
import { FieldError, type FieldProps, fieldId } from "@/components/field";

type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "name" | "type" | "className"> &
  Pick<FieldProps, "name" | "label" | "error" | "errorPrefix"> & {
    hint?: ReactNode;
  };

/** A box to tick; the whole row takes the pointer. */
export function Checkbox({
  name,
  label,
  hint,
  error,
  errorPrefix,
  id = fieldId(name),
  ...input
}: CheckboxProps) {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={error ? "border-danger border-l-4 pl-4" : undefined}>
      <FieldError id={id} error={error} errorPrefix={errorPrefix} />
      <label htmlFor={id} className="flex cursor-pointer gap-3">
        <span className="grid h-11 place-items-center">
          <input
            {...input}
            id={id}
            name={name}
            type="checkbox"
            aria-invalid={error ? true : undefined}
            aria-describedby={describedBy || undefined}
            className="size-6 accent-accent"
          />
        </span>
        <span className="flex min-h-11 items-center">{label}</span>
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="pl-9 text-quiet text-sm">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
