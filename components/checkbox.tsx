import type { InputHTMLAttributes, ReactNode } from "react";
import { fieldId } from "@/components/field";

type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "name" | "type" | "className"> & {
  name: string;
  label: string;
  hint?: ReactNode;
};

/** A box to tick; the whole row takes the pointer. */
export function Checkbox({ name, label, hint, id = fieldId(name), ...input }: CheckboxProps) {
  const describedBy = [hint && `${id}-hint`, input["aria-describedby"]].filter(Boolean).join(" ");
  return (
    <div>
      <label htmlFor={id} className="flex cursor-pointer gap-3">
        <span className="grid h-11 place-items-center">
          <input
            {...input}
            id={id}
            name={name}
            type="checkbox"
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
