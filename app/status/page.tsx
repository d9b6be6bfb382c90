import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Contacts } from "@/app/contacts";
import { Article } from "@/components/article";
import { Facts } from "@/components/facts";
import { TextLink } from "@/components/text-link";
import { type PublicStatus, publicStatus } from "@/lib/heartbeat/public-status";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("status");
  return { title: t("title"), description: t("description") };
}

export default async function StatusPage() {
  const t = await getTranslations("status");
  const status = await publicStatus();
  const { signIn, mail, canaryFailedAt, readAt } = status;
  const facts = [
    { label: t("signIn.label"), value: t(`signIn.${signIn}`) },
    { label: t("mail.label"), value: await mailWords(mail) },
    ...(canaryFailedAt === null
      ? []
      : [
          {
            label: t("canary.label"),
            value: t.rich("canary.failed", await momentTags(canaryFailedAt)),
          },
        ]),
  ];
  const link = (words: ReactNode) => <TextLink href="/help">{words}</TextLink>;
  return (
    <Article title={t("title")} lead={t("lead")}>
      <Facts facts={facts} />
      <p className="text-quiet text-sm">
        {t.rich("now", await momentTags(readAt, { seconds: true }))}
      </p>
      <h2>{t("what")}</h2>
      <p>{t.rich("help", { help: link })}</p>
      <Contacts />
    </Article>
  );
}

async function mailWords(mail: PublicStatus["mail"]): Promise<ReactNode> {
  const t = await getTranslations("status.mail");
  return "since" in mail ? t.rich(mail.kind, await momentTags(mail.since)) : t(mail.kind);
}
