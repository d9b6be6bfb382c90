import type { SelectHTMLAttributes } from "react";
import { fieldId } from "@/components/field";

type SelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "name" | "className"> & {
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
};

/** A labelled choice of one out of several. */
export function Select({ name, label, options, id = fieldId(name), ...select }: SelectProps) {
  return (
    <div>
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <select
        {...select}
        id={id}
        name={name}
        className="mt-2 block min-h-12 w-full rounded-lg border border-control bg-card px-3.5 py-2"
      >
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
