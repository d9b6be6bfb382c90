import { fillDraftAction } from "@/app/(door)/recover/actions";
import { addressSection } from "@/app/(door)/recover/address-section";
import { documentsPath } from "@/app/(door)/recover/document-form";
import { documentsSection } from "@/app/(door)/recover/documents-section";
import { RecoverNotice } from "@/app/(door)/recover/recover-notice";
import { sendSection } from "@/app/(door)/recover/send-section";
import { storySection } from "@/app/(door)/recover/story-section";
import { Contacts } from "@/app/contacts";
import { PAGE_FORM } from "@/app/forms/form-beside-switch";
import { fieldOf } from "@/app/forms/refused-form";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { PostForm } from "@/components/post-form";
import { Reference } from "@/components/reference";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { Draft } from "@/lib/cases/request/draft-page";
import type { Notice } from "@/lib/forms/notice";
import { momentText } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type DraftCardProps = { draft: Draft; notice: Notice | null };

/** A draft: what is done, what is missing, and one form for all parts. */
export async function DraftCard({ draft, notice }: DraftCardProps) {
  const t = await getTranslations("recover.draft");
  const { proof, lost, timeZone } = draft;
  const ofFactors = lost === "second-factor";
  return (
    <Card
      width="wide"
      title={t(ofFactors ? "factorsTitle" : "title")}
      lead={t("lead")}
      below={<Contacts />}
    >
      <RecoverNotice
        notice={notice}
        forms={[
          "recover-address",
          "recover-code",
          "recover-story",
          "recover-document",
          "recover-send",
        ]}
        done={[
          "started",
          "code-sent",
          "code-sent-again",
          "too-early",
          "address-confirmed",
          "story-saved",
          "document-added",
          "document-known",
          "document-removed",
        ]}
        targets={targetsOf(draft)}
        timeZone={timeZone}
      />
      <DraftFacts draft={draft} />
      {ofFactors ? <p>{t("factorsWhat")}</p> : null}
      {proof === "nothing" ? <p className="font-semibold">{t("fullProof")}</p> : null}
      <Parts draft={draft} />
      {/* One form, so that each of its buttons sends, and keeps, all that was typed. */}
      <PostForm
        id={PAGE_FORM}
        action={fillDraftAction}
        at={documentsPath}
        className="grid grid-cols-1 gap-9"
      >
        {ofFactors ? null : await addressSection({ draft, notice })}
        {await storySection({ draft, notice })}
        {await documentsSection({ draft, notice })}
        {await sendSection()}
      </PostForm>
    </Card>
  );
}

/** Where the errors lead that are not about one field of the form that was sent. */
function targetsOf({ address }: Draft): Record<string, string> {
  const email = fieldOf("recover-address", "email");
  return {
    [fieldOf("recover-code", "code")]: "code",
    [fieldOf("recover-send", "address")]: address.kind === "waits" ? "code" : email,
    [fieldOf("recover-send", "story")]: fieldOf("recover-story", "story"),
    [fieldOf("recover-send", "document")]: fieldOf("recover-document", "document"),
  };
}

async function DraftFacts({ draft }: { draft: Draft }) {
  const t = await getTranslations("recover.draft");
  const { reference, shownAccount, expiresAt, timeZone } = draft;
  return (
    <Facts
      facts={[
        { label: t("reference"), value: <Reference>{reference}</Reference> },
        { label: t("account"), value: shownAccount },
        {
          label: t("until"),
          value: <Moment at={expiresAt}>{await momentText(expiresAt, { timeZone })}</Moment>,
        },
      ]}
    />
  );
}

/** What is done and what is missing, each with the way to its part of the page. */
async function Parts({ draft }: { draft: Draft }) {
  const t = await getTranslations("recover");
  const { lost, address, story, documents, missing } = draft;
  const without = missing.includes("documents") ? "missing" : "optional";
  const ofAddress = ["address", address.kind === "confirmed" ? "done" : "missing"] as const;
  const parts = [
    ...(lost === "mailbox" ? [ofAddress] : []),
    ["story", story.isDone ? "done" : "missing"],
    ["documents", documents.length > 0 ? "done" : without],
  ] as const;
  return (
    <Section title={t("draft.parts")}>
      <ul className="grid list-disc gap-1.5 pl-5 marker:text-quiet">
        {parts.map(([part, how]) => (
          <li key={part}>
            <TextLink href={`#${part}`}>{t(`${part}.title`)}</TextLink>
            {": "}
            {t(`draft.${how}`)}
          </li>
        ))}
      </ul>
    </Section>
  );
}
