import type { TextareaHTMLAttributes } from "react";
import { FieldFrame, type FieldProps, fieldId } from "@/components/field";

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name" | "className"> &
  Pick<FieldProps, "name" | "label" | "hint" | "error" | "errorPrefix">;

/** A labelled input of several lines. */
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
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} errorPrefix={errorPrefix}>
      {(tied) => <textarea name={name} rows={rows} {...area} {...tied} />}
    </FieldFrame>
  );
}
