import { accountWords } from "@/app/account/account-words";
import { ButtonLink } from "@/components/button";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { sizeText } from "@/lib/cases/documents/size-text";
import type { CaseView, ShownDocument } from "@/lib/cases/review/review-case";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type CaseDocumentsProps = { session: LiveSession; found: CaseView };

/** The documents of a case: pictures as they are, others to be opened. */
export async function CaseDocuments({ session, found }: CaseDocumentsProps) {
  const t = await getTranslations("supportCases.case.documents");
  const { id, documents } = found;
  return (
    <Section title={t("title")}>
      {documents.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <ul className="grid grid-cols-1 gap-5">
          {documents.map((document) => (
            <li key={document.id} className="rounded-lg border border-line p-4">
              <CaseDocument session={session} caseId={id} document={document} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

type CaseDocumentProps = { session: LiveSession; caseId: string; document: ShownDocument };

async function CaseDocument({ session, caseId, document }: CaseDocumentProps) {
  const t = await getTranslations("supportCases.case.documents");
  const words = await accountWords(session);
  const { id, name, type, size, addedAt, state } = document;
  const href = `/support/cases/${caseId}/documents/${id}`;
  const about = t("about", {
    size: sizeText(size, await getLocale()),
    date: words.when(addedAt),
  });
  return (
    <div className="grid grid-cols-1 gap-2">
      {state === "kept" && type.startsWith("image/") ? (
        // biome-ignore lint/performance/noImgElement: shown to staff alone, and never kept in a cache
        <img
          src={href}
          alt={name}
          className="max-h-[40rem] w-full rounded-lg bg-sunken object-contain lg:max-h-[calc(100vh-18rem)]"
        />
      ) : null}
      {state === "kept" ? (
        <div className="flex flex-wrap gap-x-6">
          <ButtonLink kind="quiet" href={href} target="_blank" rel="noopener">
            {t("open", { name })}
          </ButtonLink>
          {/* A browser that shows no PDF within a page still takes it as a file. */}
          <ButtonLink kind="quiet" href={href} download={name}>
            {t("save")}
          </ButtonLink>
        </div>
      ) : (
        <>
          <p className="font-semibold">{name}</p>
          <p>{t(state)}</p>
        </>
      )}
      <p className="text-quiet text-sm">{about}</p>
    </div>
  );
}
