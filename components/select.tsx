import type { SelectHTMLAttributes } from "react";
import { FieldFrame, type FieldProps, fieldId } from "@/components/field";

/** `words` are what it is found by, where the select can be searched. */
type Option = { value: string; label: string; words?: string };

/** Options under a heading of their own. */
export type OptionGroup = { label: string; options: readonly Option[] };

type SelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "name" | "className"> &
  Pick<FieldProps, "name" | "label" | "hint" | "error" | "errorPrefix"> & {
    options: readonly Option[];
    /** Behind the options that stand alone. */
    groups?: readonly OptionGroup[];
  };

/** A labelled choice of one out of several. */
export function Select({
  name,
  label,
  hint,
  error,
  errorPrefix,
  options,
  groups = [],
  id = fieldId(name),
  ...select
}: SelectProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} errorPrefix={errorPrefix}>
      {(tied) => (
        <select name={name} {...select} {...tied} className={`${tied.className} min-h-12`}>
          <Options options={options} />
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              <Options options={group.options} />
            </optgroup>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

const Options = ({ options }: Pick<SelectProps, "options">) =>
  options.map(({ value, label, words }) => (
    <option key={value} value={value} data-words={words}>
      {label}
    </option>
  ));
