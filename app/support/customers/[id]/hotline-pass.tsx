import { answeredForm } from "@/app/support/customers/[id]/act-answers";
import { ActForm } from "@/app/support/customers/[id]/act-form";
import { grantPassAction } from "@/app/support/customers/[id]/actions";
import { isAskedFor } from "@/app/support/customers/[id]/asked-to-open";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Checkbox } from "@/components/checkbox";
import { Field } from "@/components/field";
import { getTranslations } from "@/lib/i18n/translations";
import { supportNumbers } from "@/lib/support/rules/limits";

type HotlinePassProps = CustomerPart & { look?: "button" | "quiet" };

/** Lets a caller's sign-in go on without its code; or says why that cannot be. */
export async function HotlinePass(part: HotlinePassProps) {
  const t = await getTranslations("acts.hotline-pass");
  const { never } = part.page.pass;
  if (never === null) return <PassForm {...part} />;
  return (
    <div className="w-full text-sm">
      <p className="font-semibold">{t("title")}</p>
      <p className="text-quiet">{t(`never.${never}`)}</p>
    </div>
  );
}

async function PassForm({ page, notice, asked, look }: HotlinePassProps) {
  const t = await getTranslations("acts.hotline-pass");
  const pinLabel = (await getTranslations("contact.phone"))("pin");
  const form = await answeredForm(notice, "hotline-pass");
  const { id, pass } = page;
  return (
    <ActForm
      act="hotline-pass"
      action={grantPassAction}
      customer={id}
      notice={notice}
      asked={asked}
      look={look}
    >
      <Field
        {...form.field("reference")}
        label={t("reference")}
        hint={t("referenceHint")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        autoFocus={isAskedFor(asked, "hotline-pass", undefined)}
        defaultValue={form.value("reference")}
      />
      <Field
        {...form.field("pin")}
        label={pinLabel}
        hint={t("pinHint")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      {pass.callBack === null ? (
        <p className="text-quiet text-sm">{t("noCallBack", supportNumbers)}</p>
      ) : (
        <Checkbox
          {...form.field("calledBack")}
          defaultChecked={form.value("calledBack") !== undefined}
          label={t("calledBack")}
          hint={t("calledBackHint", { phone: pass.callBack })}
        />
      )}
    </ActForm>
  );
}
