import { chooseAskingAction } from "@/app/account/security/two-step/actions";
import { twoStepForm } from "@/app/account/security/two-step/two-step-forms";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Radio } from "@/components/checkbox";
import { PostForm } from "@/components/post-form";
import { headingId, Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { TwoStepPage } from "@/lib/two-step/two-step-page";

type AskingSectionProps = { session: LiveSession; page: TwoStepPage; notice: Notice | null };

/** When a second step is asked for: the customer's choice, and of staff none. */
export async function AskingSection({ session, page, notice }: AskingSectionProps) {
  const t = await getTranslations("twoStep.asking");
  if (!page.asking.isChosen) {
    return (
      <Section id="asking" title={t("title")}>
        <p>{t("staff")}</p>
      </Section>
    );
  }
  const form = await twoStepForm(notice, "choose-asking");
  const { always } = page.asking;
  return (
    <Section id="asking" title={t("title")}>
      {page.hasFactor ? null : <p className="mb-4">{t("later")}</p>}
      <PostForm action={chooseAskingAction} className="grid gap-5">
        <div role="radiogroup" aria-labelledby={headingId("asking")} className="grid gap-2">
          <Radio
            name="asking"
            value="new-places"
            label={t("new-places")}
            hint={t("newPlacesHint")}
            defaultChecked={!always}
            disabled={!page.hasFactor}
          />
          <Radio
            name="asking"
            value="always"
            label={t("always")}
            hint={t("alwaysHint")}
            defaultChecked={always}
            disabled={!page.hasFactor}
          />
        </div>
        {page.hasFactor && page.asksPassword.asking ? (
          <TypedPassword
            of={session.account.email}
            about={headingId("asking")}
            {...form.field("password")}
            label={(await getTranslations("twoStep"))("password")}
            purpose="current"
            required
          />
        ) : null}
        <Button kind="secondary" disabled={!page.hasFactor}>
          {t("save")}
        </Button>
      </PostForm>
    </Section>
  );
}
