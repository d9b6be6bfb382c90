import { accountWords } from "@/app/account/account-words";
import { makeCodesAction } from "@/app/account/security/two-step/actions";
import { twoStepForm } from "@/app/account/security/two-step/two-step-forms";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { headingId, Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { TwoStepPage } from "@/lib/two-step/two-step-page";

type CodesSectionProps = { session: LiveSession; page: TwoStepPage; notice: Notice | null };

/** How many recovery codes are left, and the form that makes new ones. */
export async function CodesSection({ session, page, notice }: CodesSectionProps) {
  const t = await getTranslations("twoStep.codes");
  const words = await accountWords(session);
  const form = await twoStepForm(notice, "make-codes");
  const { codes } = page;
  return (
    <Section id="codes" title={t("title")}>
      <p className="text-quiet">{t("lead")}</p>
      {page.hasFactor ? (
        <p className="font-semibold">
          {codes === null
            ? t("none")
            : t("left", { left: codes.left, of: codes.of, date: words.when(codes.madeAt) })}
        </p>
      ) : (
        <p>{t("later")}</p>
      )}
      <PostForm action={makeCodesAction} className="grid gap-5">
        {page.hasFactor && page.asksPassword.codes ? (
          <TypedPassword
            of={session.account.email}
            about={headingId("codes")}
            {...form.field("password")}
            label={(await getTranslations("twoStep"))("password")}
            hint={codes === null ? undefined : t("replaces")}
            purpose="current"
            required
          />
        ) : null}
        <Button
          kind={page.hasFactor && codes === null ? "primary" : "secondary"}
          disabled={!page.hasFactor}
        >
          {t("make")}
        </Button>
      </PostForm>
    </Section>
  );
}
