import { refusedForm } from "@/app/forms/refused-form";
import { languageOf, textWords } from "@/app/templates/text-words";
import { readSummary } from "@/app/templates/transfer/import-summary";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** The form that imports a file, as it was answered. */
export async function importForm(notice: Notice | null) {
  const t = await getTranslations("templates.errors");
  return refusedForm(notice, "import-texts", (key) => t(key));
}

/** What the last form on `/templates/transfer` led to. */
export async function TransferNotice({ notice }: { notice: Notice | null }) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const { errors } = await importForm(notice);
      return <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />;
    }
    case "done":
      if (notice.what === "nothing-to-export") {
        return <Status>{(await getTranslations("templates.done"))(notice.what)}</Status>;
      }
      return notice.what === "texts-imported" || notice.what === "import-looked-at" ? (
        <Summary what={notice.what} values={notice.values} />
      ) : null;
    default:
      return null;
  }
}

type SummaryProps = { what: "texts-imported" | "import-looked-at"; values: Record<string, string> };

/** What an import did, or would do. */
async function Summary({ what, values }: SummaryProps) {
  const t = await getTranslations("templates.transfer");
  const done = await getTranslations("templates.done");
  const names = await textWords();
  const summary = readSummary(values.summary);
  return (
    <Status>
      <p className="font-semibold">
        {what === "texts-imported" ? done(what, { count: summary.made }) : t("planTitle")}
      </p>
      <dl className="mt-2 grid gap-2">
        {summary.groups.map(({ does, texts, more, pictures = [] }) => (
          <div key={does}>
            <dt className="font-medium">{t(`plan.${does}`)}</dt>
            <dd>
              {texts
                .map(
                  ({ subject, language }) => `${names.name({ subject })} (${languageOf(language)})`,
                )
                .join("; ")}
              {more === 0 ? null : t("more", { count: more })}
            </dd>
            {pictures.length === 0 ? null : (
              <dd>{t("picturesMissing", { names: pictures.join("; ") })}</dd>
            )}
          </div>
        ))}
      </dl>
    </Status>
  );
}
