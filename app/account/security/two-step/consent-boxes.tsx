import { fieldOf, type RefusedForm } from "@/app/forms/refused-form";
import { Checkbox } from "@/components/checkbox";
import { FieldError, fieldId } from "@/components/field";
import { getTranslations } from "@/lib/i18n/translations";
import type { Consents } from "@/lib/two-step/change-passkey";

type ConsentBoxesProps = {
  form: RefusedForm;
  chosen: Consents;
  /** What the ids of its fields begin with. */
  named: string;
  /** Whether they are about one that is yet to be made: it stands in no entry that says which. */
  isNew?: boolean;
};

/** What a passkey may do: two boxes, of which none ticks the other. */
export async function ConsentBoxes({ form, chosen, named, isNew = false }: ConsentBoxesProps) {
  const t = await getTranslations("passkeys");
  const { id, error, errorPrefix } = form.field("isSecondStep");
  const oneOf = { "data-one-of": t("errors.consentMissing") };
  return (
    <fieldset className={error ? "border-danger border-l-4 pl-4" : undefined}>
      <legend className="font-semibold">
        {t(isNew ? "section.newConsents" : "section.consents")}
      </legend>
      <FieldError id={id} error={error} errorPrefix={errorPrefix} />
      {/* Apart on a telephone: a finger between the two ticks none, and two long texts are not read as one. */}
      <div className="mt-1 grid gap-3 sm:gap-1">
        <Checkbox
          name="isSecondStep"
          id={id}
          label={t("section.mayBeSecondStep")}
          defaultChecked={chosen.isSecondStep}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          {...oneOf}
        />
        <Checkbox
          name="signsIn"
          id={fieldId(fieldOf(named, "signsIn"))}
          label={t("section.maySignIn")}
          defaultChecked={chosen.signsIn}
          {...oneOf}
        />
      </div>
    </fieldset>
  );
}
