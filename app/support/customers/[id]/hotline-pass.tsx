import { getTranslations } from "next-intl/server";
import { answeredForm } from "@/app/support/customers/[id]/act-answers";
import { ActForm } from "@/app/support/customers/[id]/act-form";
import { confirmCallBackAction, grantPassAction } from "@/app/support/customers/[id]/actions";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Checkbox } from "@/components/checkbox";
import { Entries, Entry, entryWords } from "@/components/entry";
import { Field } from "@/components/field";
import { Section } from "@/components/section";
import { supportNumbers } from "@/lib/support/rules/limits";

/** Lets a caller's sign-in go on without its code; or says why that cannot be. */
export async function HotlinePass(part: CustomerPart) {
  const t = await getTranslations("acts.hotline-pass");
  const { mayAct, pass } = part.page;
  if (mayAct !== "allowed") return null;
  return (
    <Section id="hotline-pass" title={t("title")}>
      {pass.never === null ? (
        <>
          <NotedCallBacks {...part} />
          <PassForm {...part} />
        </>
      ) : (
        <p>{t(`never.${pass.never}`)}</p>
      )}
    </Section>
  );
}

/** Calls back that a second member of staff has to confirm, each with the form for it. */
async function NotedCallBacks({ page, words, notice }: CustomerPart) {
  const t = await getTranslations("acts.confirm-call-back");
  const { id: customer, pass } = page;
  if (pass.noted.length === 0) return null;
  return (
    <Entries>
      {pass.noted.map(({ id, by, isOwn, at, until, ...from }) => (
        <Entry
          key={id}
          id={`call-back-${id}`}
          title={t("noted", { name: by })}
          lines={[
            `${words.from(from)}, ${words.device(from)}`,
            t("at", { date: words.when(at) }),
            t(isOwn ? "waits" : "who", { date: words.when(until) }),
          ]}
        >
          {isOwn ? null : (
            <ActForm
              act="confirm-call-back"
              action={confirmCallBackAction}
              customer={customer}
              target={id}
              describedBy={entryWords(`call-back-${id}`)}
              notice={notice}
            />
          )}
        </Entry>
      ))}
    </Entries>
  );
}

async function PassForm({ page, notice }: CustomerPart) {
  const t = await getTranslations("acts.hotline-pass");
  const pinLabel = (await getTranslations("contact.phone"))("pin");
  const form = await answeredForm(notice, "hotline-pass");
  const { id, pass } = page;
  return (
    <ActForm act="hotline-pass" action={grantPassAction} customer={id} notice={notice}>
      <Field
        {...form.field("reference")}
        label={t("reference")}
        hint={t("referenceHint")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
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
          name="calledBack"
          id={form.field("calledBack").id}
          label={t("calledBack")}
          hint={t("calledBackHint", { phone: pass.callBack })}
        />
      )}
    </ActForm>
  );
}
