import { actAction } from "@/app/support/customers/[id]/actions";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { TextArea } from "@/components/text-area";
import { getTranslations } from "@/lib/i18n/translations";
import { supportNumbers } from "@/lib/support/rules/limits";

type LiftFormProps = {
  customer: string;
  reference: string;
  /** The id of what says which block it is. */
  describedBy: string;
};

/** Lifts the block of its page by a reason alone; the customer's page says what became of it. */
export async function LiftForm({ customer, reference, describedBy }: LiftFormProps) {
  const t = await getTranslations("support.acts");
  const words = await getTranslations("acts.block-lifted");
  return (
    <PostForm action={actAction} at={`/support/customers/${customer}`} className="grid gap-5">
      <input type="hidden" name="customer" value={customer} />
      <input type="hidden" name="target" value={reference} />
      <input type="hidden" name="act" value="block-lifted" />
      <TextArea
        name="reason"
        label={t("reason")}
        hint={t("reasonHint", supportNumbers)}
        rows={2}
        autoComplete="off"
        required
        autoFocus
      />
      <p className="text-quiet">{words("what")}</p>
      <div>
        <Button kind="inline" aria-describedby={describedBy}>
          {words("submit")}
        </Button>
      </div>
    </PostForm>
  );
}
