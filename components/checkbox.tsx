import type { InputHTMLAttributes, ReactNode } from "react";
import { fieldId } from "@/components/field";

type CheckboxProps = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  "name" | "id" | "type" | "className"
> & { name: string; label: string; hint?: ReactNode };

/** A box to tick; the whole row takes the pointer. */
export function Checkbox({ name, label, hint, ...input }: CheckboxProps) {
  const id = fieldId(name);
  return (
    <div className="flex gap-3">
      <span className="grid h-11 place-items-center">
        <input
          {...input}
          id={id}
          name={name}
          type="checkbox"
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="size-6 accent-accent"
        />
      </span>
      <div>
        <label htmlFor={id} className="flex min-h-11 items-center">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-quiet text-sm">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
