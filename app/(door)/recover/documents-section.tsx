import { documentFields } from "@/app/(door)/recover/document-form";
import { recoverNumbers } from "@/app/(door)/recover/recover-forms";
import { Button } from "@/components/button";
import { Entries, Entry, entryWords } from "@/components/entry";
import { Section } from "@/components/section";
import { sizeText } from "@/lib/cases/documents/size-text";
import type { Draft } from "@/lib/cases/request/draft-page";
import type { Notice } from "@/lib/forms/notice";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type DocumentsSectionProps = { draft: Draft; notice: Notice | null };

/** The documents of a draft, and one more. */
export async function documentsSection({ draft, notice }: DocumentsSectionProps) {
  const t = await getTranslations("recover.documents");
  const numbers = await recoverNumbers();
  const { documents, hasRoom } = draft;
  return (
    <Section id="documents" title={t("title")}>
      <p className="text-quiet">{t("what", numbers)}</p>
      {documents.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <Entries>
          {documents.map((document) => (
            <DocumentEntry key={document.id} document={document} />
          ))}
        </Entries>
      )}
      {hasRoom ? await documentFields(notice) : <p>{t("full", numbers)}</p>}
    </Section>
  );
}

async function DocumentEntry({ document }: { document: Draft["documents"][number] }) {
  const t = await getTranslations("recover.documents");
  const { id, name, size } = document;
  const titleId = `document-${id}`;
  return (
    <Entry id={titleId} title={name} lines={[sizeText(size, await getLocale())]}>
      <Button
        kind="inline"
        name="pressed"
        value={`remove-${id}`}
        aria-describedby={entryWords(titleId)}
      >
        {t("remove")}
      </Button>
    </Entry>
  );
}
