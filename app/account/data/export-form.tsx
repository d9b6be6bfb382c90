import { dataForm } from "@/app/account/data/data-forms";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { headingId, Section } from "@/components/section";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** Hands out everything stored about the customer. */
export async function ExportForm({ email, notice }: { email: string; notice: Notice | null }) {
  const t = await getTranslations("closing.export");
  const form = await dataForm(notice, "export");
  return (
    <Section id="export" title={t("title")}>
      <p className="text-quiet">{t("lead")}</p>
      {/* Posted to a route, whose answer is the file itself. */}
      <form action="/account/data/export" method="post" className="grid gap-5" noValidate>
        <TypedPassword
          of={email}
          about={headingId("export")}
          {...form.field("password")}
          label={t("password")}
          purpose="current"
          required
        />
        <Button kind="secondary">{t("submit")}</Button>
      </form>
    </Section>
  );
}
