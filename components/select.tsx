import type { SelectHTMLAttributes } from "react";
import { fieldId } from "@/components/field";

type Option = { value: string; label: string };

/** Options under a heading of their own. */
export type OptionGroup = { label: string; options: readonly Option[] };

type SelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "name" | "className"> & {
  name: string;
  label: string;
  options: readonly Option[];
  /** Behind the options that stand alone. */
  groups?: readonly OptionGroup[];
};

/** A labelled choice of one out of several. */
export function Select({
  name,
  label,
  options,
  groups = [],
  id = fieldId(name),
  ...select
}: SelectProps) {
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
        <Options options={options} />
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            <Options options={group.options} />
          </optgroup>
        ))}
      </select>
    </div>
  );
}

const Options = ({ options }: Pick<SelectProps, "options">) =>
  options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
