import type { SelectHTMLAttributes } from "react";
import { FieldFrame, type FieldProps, fieldId } from "@/components/field";

type SelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "name" | "className"> &
  Pick<FieldProps, "name" | "label" | "hint" | "error" | "errorPrefix"> & {
    options: readonly { value: string; label: string }[];
  };

/** A labelled choice of one out of several. */
export function Select({
  name,
  label,
  hint,
  error,
  errorPrefix,
  options,
  id = fieldId(name),
  ...select
}: SelectProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} errorPrefix={errorPrefix}>
      {(tied) => (
        <select name={name} {...select} {...tied} className={`${tied.className} min-h-12`}>
          {options.map(({ value, label: words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}
