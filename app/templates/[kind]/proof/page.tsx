import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { accountWords } from "@/app/account/account-words";
import { ProofFrame } from "@/app/templates/[kind]/proof/proof-frame";
import { ProofList } from "@/app/templates/[kind]/proof/proof-list";
import { ProofSummary } from "@/app/templates/[kind]/proof/proof-summary";
import { TextNav } from "@/app/templates/[kind]/text-nav";
import { openText } from "@/app/templates/open-text";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { type TextAddress, textPath } from "@/app/templates/text-address";
import { textWords } from "@/app/templates/text-words";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { getTranslations } from "@/lib/i18n/translations";
import { readProofMoment } from "@/lib/templates/proof/proof-moment";
import { proofText } from "@/lib/templates/proof/proof-text";
import { PROOF_MAILS } from "@/lib/templates/rules/limits";

export async function generateMetadata(address: TextAddress): Promise<Metadata> {
  const { key } = await openText(address, "proof");
  const t = await getTranslations("templateProof");
  return { title: t("titleOf", { name: (await textWords()).name(key) }) };
}

const oneOf = (asked: string | string[] | undefined) =>
  typeof asked === "string" ? asked : undefined;

export default async function ProofPage(address: TextAddress) {
  const { staff, key } = await openText(address, "proof");
  const query = await address.searchParams;
  const sheet = await proofText(staff, key, readProofMoment(oneOf(query.at)));
  if (sheet === null) notFound();
  const t = await getTranslations("templateProof");
  const words = await accountWords(staff.session);
  const names = await textWords();
  const asked = Number(oneOf(query.proof));
  const chosen = sheet.mails.find(({ number }) => number === asked) ?? sheet.mails[0];
  return (
    <TemplatesFrame role={staff.role} current="texts">
      <Card
        width="full"
        title={t("titleOf", { name: names.name(key) })}
        lead={t("lead", { mails: PROOF_MAILS })}
        below={
          <p>
            <TextLink href={textPath(key, "visual")}>{t("back")}</TextLink>
          </p>
        }
      >
        <TextNav of={key} view="proof" />
        <ProofSummary sheet={sheet} words={words} />
        {chosen === undefined ? null : (
          <>
            <ProofList of={key} sheet={sheet} chosen={chosen.number} />
            <ProofFrame of={key} sheet={sheet} chosen={chosen.number} />
          </>
        )}
      </Card>
    </TemplatesFrame>
  );
}
