import { approveAction, askForMoreAction, refuseAction } from "@/app/support/cases/[id]/actions";
import { type CaseForm, caseForm, caseForms } from "@/app/support/cases/[id]/case-forms";
import { SeenVersion } from "@/app/support/cases/[id]/seen-version";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { TextArea } from "@/components/text-area";
import type { CaseView } from "@/lib/cases/review/review-case";
import { staffTextNumbers } from "@/lib/cases/review/review-text";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

const actions = {
  ask: askForMoreAction,
  approve: approveAction,
  refuse: refuseAction,
} as const satisfies Record<CaseForm, (form: FormData) => Promise<void>>;

const formId = (form: CaseForm) => `decide-${form}`;

type DecisionFormsProps = { found: CaseView; notice: Notice | null };

/** What can be decided about a case, a form each; nothing where nothing can be, or not by who looks. */
export async function DecisionForms({ found, notice }: DecisionFormsProps) {
  const t = await getTranslations("supportCases.case.meanwhile");
  const { canDecide, isOneself } = found;
  if (isOneself || canDecide === "nothing") return null;
  const all = caseForms.filter((form) => form !== "approve" || found.mayApprove);
  const forms = canDecide === "all" ? all : (["refuse"] as const);
  return (
    <div className="grid grid-cols-1 gap-9">
      <SeenVersion version={found.version} forms={forms.map(formId)} readIt={t("readIt")}>
        <Alert title={t("title")}>
          <p>{t("what")}</p>
        </Alert>
      </SeenVersion>
      <div className="grid grid-cols-1 gap-9 lg:grid-cols-3">
        {forms.map((form) => (
          <DecisionForm key={form} form={form} found={found} notice={notice} />
        ))}
      </div>
    </div>
  );
}

async function DecisionForm({ form, found, notice }: DecisionFormsProps & { form: CaseForm }) {
  const t = await getTranslations(`supportCases.case.${form}`);
  const answered = await caseForm(notice, form);
  return (
    <Section title={t("title")}>
      <PostForm id={formId(form)} action={actions[form]} className="grid gap-5">
        <input type="hidden" name="id" value={found.id} />
        <TextArea
          {...answered.field("text")}
          label={t("label")}
          hint={t("hint")}
          required
          maxLength={staffTextNumbers.max}
          defaultValue={answered.value("text") ?? ""}
        />
        <Button kind={form === "approve" ? "primary" : "secondary"}>{t("submit")}</Button>
      </PostForm>
    </Section>
  );
}
