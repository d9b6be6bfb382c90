import type { ComponentProps } from "react";
import { ActForm } from "@/app/support/customers/[id]/act-form";
import { actAction } from "@/app/support/customers/[id]/actions";
import type { PlainAct as Act } from "@/lib/support/act-steps";

type PlainActProps = Omit<ComponentProps<typeof ActForm>, "act" | "action"> & { act: Act };

/** An act that asks for nothing but a reason: one form for all of them, which names the act. */
export function PlainAct({ act, ...form }: PlainActProps) {
  return (
    <ActForm {...form} act={act} action={actAction}>
      <input type="hidden" name="act" value={act} />
    </ActForm>
  );
}
