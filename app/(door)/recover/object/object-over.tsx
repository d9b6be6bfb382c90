import { RecoverNotice } from "@/app/(door)/recover/recover-notice";
import { Contacts } from "@/app/contacts";
import { Alert } from "@/components/alert";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { Notice as Status } from "@/components/notice";
import type { ObjectionPage, OpenObjection } from "@/lib/cases/change/objection-page";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type OverPage = Exclude<ObjectionPage, OpenObjection>;
type ObjectOverProps = { page: ObjectionPage; notice: Notice | null };

/** What the button did, or why the link does nothing any more; either way, what to do now. */
export async function ObjectOver({ page, notice }: ObjectOverProps) {
  const t = await getTranslations("recover.object");
  if (notice?.kind === "done" && notice.what === "recover-objected") {
    const { reference = "" } = notice.values;
    return (
      <Card title={t("done.title")} below={<Contacts />}>
        <Status>{t("done.what", { reference })}</Status>
        <p>{t("done.next")}</p>
        <p>{t("done.password")}</p>
        <ButtonLink kind="secondary" href="/forgot-password">
          {t("over.password")}
        </ButtonLink>
      </Card>
    );
  }
  const wasNoted = notice?.kind === "done" && notice.what === "recover-objection-noted";
  return (
    <Card title={t(wasNoted ? "noted" : "over.title")} below={<Contacts />}>
      <RecoverNotice notice={notice} forms={[]} done={[]} timeZone={null} />
      <Why page={isOpen(page) ? { kind: "dead" } : page} />
      {page.kind === "ended" ? null : (
        <ButtonLink kind="secondary" href="/forgot-password">
          {t("over.password")}
        </ButtonLink>
      )}
    </Card>
  );
}

const isOpen = (page: ObjectionPage): page is OpenObjection =>
  page.kind === "live" || page.kind === "reviewed";

async function Why({ page }: { page: OverPage }) {
  const t = await getTranslations("recover.object.over");
  switch (page.kind) {
    case "dead":
      return <Alert title={t("dead")} />;
    case "ended":
      return <Status>{t("ended", { reference: page.reference })}</Status>;
    case "objected": {
      const { reference, objectedAt, timeZone } = page;
      const tags = await momentTags(objectedAt ?? new Date(0), { timeZone });
      return <Status>{t.rich("objected", { ...tags, reference })}</Status>;
    }
    case "agreed": {
      const { reference, coolsUntil, timeZone } = page;
      const tags = await momentTags(coolsUntil ?? new Date(0), { timeZone });
      return <Alert title={t.rich("agreed", { ...tags, reference })} />;
    }
    case "expired": {
      const { reference, expiresAt, timeZone } = page;
      const tags = await momentTags(expiresAt, { timeZone });
      return <Alert title={t.rich("expired", { ...tags, reference })} />;
    }
    case "done":
      return <Alert title={t("done", { reference: page.reference })} />;
  }
}
