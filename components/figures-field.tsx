import type { ComponentProps } from "react";
import { Field } from "@/components/field";

type FiguresFieldProps = Omit<
  ComponentProps<typeof Field>,
  "look" | "inputMode" | "autoCapitalize" | "spellCheck" | "maxLength" | "required"
>;

/**
 * A field for figures that are shown or mailed elsewhere and typed here: a phone offers its figures for it,
 * and there is room for the spaces and dashes that some type between them.
 */
export const FiguresField = (props: FiguresFieldProps) => (
  <Field
    {...props}
    look="code"
    inputMode="numeric"
    autoCapitalize="none"
    spellCheck={false}
    maxLength={40}
    required
  />
);
