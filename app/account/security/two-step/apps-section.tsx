import { accountWords } from "@/app/account/account-words";
import { addAppAction } from "@/app/account/security/two-step/actions";
import { RemoveButton } from "@/app/account/security/two-step/remove-button";
import { Button } from "@/components/button";
import { Entries, Entry } from "@/components/entry";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";
import { factorNumbers } from "@/lib/two-step/rules/limits";
import type { TwoStepPage } from "@/lib/two-step/two-step-page";

type AppsSectionProps = { session: LiveSession; page: TwoStepPage };

/** The authenticator apps of an account, and the way to another. */
export async function AppsSection({ session, page }: AppsSectionProps) {
  const t = await getTranslations("twoStep.apps");
  const words = await accountWords(session);
  return (
    <Section id="apps" title={t("title")}>
      <p className="text-quiet">{t("lead")}</p>
      {page.apps.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <Entries>
          {page.apps.map(({ id, name, since, lastUsedAt }) => (
            <Entry
              key={id}
              id={`app-${id}`}
              title={name}
              lines={[
                t("since", { date: words.when(since) }),
                ...(lastUsedAt ? [t("lastUsed", { date: words.when(lastUsedAt) })] : []),
              ]}
            >
              <RemoveButton what="app" id={id} entry={`app-${id}`} />
            </Entry>
          ))}
        </Entries>
      )}
      {page.mayAddApp ? (
        <PostForm action={addAppAction}>
          <Button kind={page.hasFactor ? "secondary" : "primary"}>{t("add")}</Button>
        </PostForm>
      ) : (
        <p>{t("full", factorNumbers)}</p>
      )}
    </Section>
  );
}
