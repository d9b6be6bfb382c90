import type { ComponentProps } from "react";
import { Button } from "@/components/button";

/** Why a browser gave no answer, in the page's words. */
export type PasskeyWords = Record<
  "cancelled" | "known" | "too-many" | "over" | "unavailable",
  string
>;

type PasskeyButtonProps = Omit<ComponentProps<typeof Button>, "form"> & {
  /** What the browser is asked for. */
  purpose: "add" | "sign-in" | "second-step" | "confirm" | "not-me";
  words: PasskeyWords;
  /** The one origin whose pages may use passkeys: under another name of the site there is no button. */
  origin: string;
  /** The id of the form that takes the answer; left out: the one that it stands in. */
  form?: string;
  /** The field that must be filled in before, and of several boxes one. */
  checks?: string;
  /** By what field the form knows that this was pressed. */
  pressed?: { name: string; value: string };
};

/**
 * A button that has the browser make or use a passkey and then sends its form with the answer, in its fields
 * `ceremony` and `passkey`. It comes
 * with the scripts and has its room from the start; where there are no passkeys, there is none.
 */
export function PasskeyButton({
  purpose,
  words,
  origin,
  form,
  checks,
  pressed,
  ...button
}: PasskeyButtonProps) {
  return (
    <div
      data-passkey-here={origin}
      data-script="/scripts/passkey.js"
      data-keeps
      className="invisible grid gap-2 noscript:hidden"
    >
      <Button
        {...button}
        form={form}
        data-passkey={purpose}
        data-pressed={pressed?.name}
        data-pressed-value={pressed?.value}
        data-checks={checks}
      />
      {Object.entries(words).map(([fault, word]) => (
        <p key={fault} role="alert" hidden data-fault={fault} className="text-danger text-sm">
          {word}
        </p>
      ))}
    </div>
  );
}
