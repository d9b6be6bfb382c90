import type { ReactNode } from "react";
import { type ActForm as Act, answeredForm } from "@/app/support/customers/[id]/act-answers";
import { type AskedToOpen, isAskedFor } from "@/app/support/customers/[id]/asked-to-open";
import { Button } from "@/components/button";
import { FormOpener } from "@/components/form-opener";
import { PostForm } from "@/components/post-form";
import { TextArea } from "@/components/text-area";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { supportNumbers } from "@/lib/support/rules/limits";

type ActFormProps = {
  act: Act;
  action: (form: FormData) => Promise<void>;
  customer: string;
  /** Which place or block, where there are several. */
  target?: string;
  /** The ids of what distinguishes several forms of one act. */
  describedBy?: string;
  notice: Notice | null;
  /** What the address asks to open. */
  asked: AskedToOpen;
  /** How the button looks that opens it. */
  look?: "button" | "quiet";
  /** Fields before the reason. */
  children?: ReactNode;
};

/** The forms of acts: no more than one of them is open. */
export const ACTS = "act";

/** One act of support: a button that opens its form, with the reason it asks for. */
export async function ActForm(props: ActFormProps) {
  const { act, action, customer, target, describedBy, notice, asked, look, children } = props;
  const t = await getTranslations("support.acts");
  const words = await getTranslations("acts");
  const form = await answeredForm(notice, act, target);
  const isAsked = isAskedFor(asked, act, target);
  return (
    <FormOpener
      id={target === undefined ? `act-${act}` : `act-${act}-${target}`}
      group={ACTS}
      summary={words(`${act}.summary`)}
      open={form.isRefused || isAsked}
      describedBy={describedBy}
      look={look}
    >
      <p className="text-quiet">{words(`${act}.what`, supportNumbers)}</p>
      <PostForm action={action} className="grid max-w-2xl gap-5">
        <input type="hidden" name="customer" value={customer} />
        {target === undefined ? null : <input type="hidden" name="target" value={target} />}
        {children}
        <TextArea
          {...form.field("reason")}
          label={t("reason")}
          hint={t("reasonHint", supportNumbers)}
          rows={2}
          autoComplete="off"
          required
          // Whoever followed a link to this form came to write it; that of the pass has fields before it.
          autoFocus={isAsked && act !== "hotline-pass"}
          defaultValue={form.value("reason")}
        />
        <div>
          <Button kind="inline" aria-describedby={describedBy}>
            {words(`${act}.submit`)}
          </Button>
        </div>
      </PostForm>
    </FormOpener>
  );
}
