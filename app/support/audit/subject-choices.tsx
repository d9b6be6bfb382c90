import { auditHref } from "@/app/support/audit/audit-query";
import { Entries, Entry } from "@/components/entry";
import { Notice } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import type { TypedFilter } from "@/lib/audit/read-filter";
import { getTranslations } from "@/lib/i18n/translations";
import type { SubjectOutcome } from "@/lib/support/find-subject";
import { supportNumbers } from "@/lib/support/rules/limits";

type Several = Extract<SubjectOutcome, { kind: "several" }>;

/** Whom what was typed may mean; each leads to the log about them, by the rest of the filter. */
export async function SubjectChoices({ found, typed }: { found: Several; typed: TypedFilter }) {
  const t = await getTranslations("audit.subject");
  const search = await getTranslations("support.search");
  const { customers, hasMore, recoveryCase } = found;
  const href = (subject: string) => auditHref({ ...typed, subject });
  return (
    <div className="grid grid-cols-1 gap-4">
      <Notice>
        <p>{t("several")}</p>
        {hasMore ? <p>{search("more", { results: supportNumbers.results })}</p> : null}
      </Notice>
      <Entries>
        {recoveryCase === null ? null : (
          <Entry
            id={`subject-${recoveryCase.id}`}
            title={
              <TextLink href={href(recoveryCase.id)}>
                {t("case", { name: recoveryCase.reference })}
              </TextLink>
            }
          />
        )}
        {customers.map(({ id, name, maskedEmail, matched }) => (
          <Entry
            key={id}
            id={`subject-${id}`}
            title={<TextLink href={href(id)}>{name}</TextLink>}
            lines={[
              maskedEmail,
              search(`matched.${matched}`, { searchDays: supportNumbers.searchDays }),
            ]}
          />
        ))}
      </Entries>
    </div>
  );
}
