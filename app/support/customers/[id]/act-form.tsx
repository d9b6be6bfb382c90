import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { type ActForm as Act, answeredForm } from "@/app/support/customers/[id]/act-answers";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { PostForm } from "@/components/post-form";
import { TextArea } from "@/components/text-area";
import type { Notice } from "@/lib/forms/notice";
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
  /** Fields before the reason. */
  children?: ReactNode;
};

/** One act of support, folded up, with the reason it asks for. */
export async function ActForm(props: ActFormProps) {
  const { act, action, customer, target, describedBy, notice, children } = props;
  const t = await getTranslations("support.acts");
  const words = await getTranslations("acts");
  const form = await answeredForm(notice, act, target);
  return (
    <Disclosure summary={words(`${act}.summary`)} open={form.isRefused} describedBy={describedBy}>
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
          defaultValue={form.value("reason")}
        />
        <div>
          <Button kind="inline" aria-describedby={describedBy}>
            {words(`${act}.submit`)}
          </Button>
        </div>
      </PostForm>
    </Disclosure>
  );
}
