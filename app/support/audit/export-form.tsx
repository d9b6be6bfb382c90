import { AUDIT_EXPORT_PATH } from "@/app/support/audit/audit-query";
import { Button } from "@/components/button";
import { Section } from "@/components/section";
import { auditFields, type TypedFilter } from "@/lib/audit/read-filter";
import { getTranslations } from "@/lib/i18n/translations";

/** Hands out the log as a file, by the filter of the page. */
export async function ExportForm({ typed }: { typed: TypedFilter }) {
  const t = await getTranslations("audit.export");
  return (
    <Section id="export" title={t("title")}>
      <p className="text-quiet">{t("lead")}</p>
      {/* Posted to a route, whose answer is the file itself. */}
      <form action={AUDIT_EXPORT_PATH} method="post">
        {auditFields.map((field) => (
          <input key={field} type="hidden" name={field} value={typed[field]} />
        ))}
        <Button kind="inline">{t("submit")}</Button>
      </form>
    </Section>
  );
}
