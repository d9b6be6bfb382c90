import type { InputHTMLAttributes, ReactNode } from "react";
import { fieldId } from "@/components/field";

type TickProps = Omit<InputHTMLAttributes<HTMLInputElement>, "name" | "type" | "className"> & {
  name: string;
  label: string;
  hint?: ReactNode;
};

/** A box to tick; the whole row takes the pointer. */
export const Checkbox = (props: TickProps) => tickRow("checkbox", props, fieldId(props.name));

/** One choice of several under a name, of which one is taken; the whole row takes the pointer. */
export const Radio = (props: TickProps & { value: string }) =>
  tickRow("radio", props, `${props.name}-${props.value}`);

function tickRow(type: "checkbox" | "radio", props: TickProps, ownId: string) {
  const { name, label, hint, id = ownId, ...input } = props;
  const describedBy = [hint && `${id}-hint`, input["aria-describedby"]].filter(Boolean).join(" ");
  return (
    <div>
      <label htmlFor={id} className="flex cursor-pointer gap-3">
        <span className="grid h-11 place-items-center">
          <input
            {...input}
            id={id}
            name={name}
            type={type}
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
