import { DataTable } from "@/components/data-table";
import { Notice } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import { readClock } from "@/lib/clock";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { SearchOutcome } from "@/lib/support/find-customers";
import { supportNumbers } from "@/lib/support/rules/limits";

type Searched = Extract<SearchOutcome, { kind: "searched" }>;
type SearchResultsProps = { outcome: Searched; session: LiveSession };

/** Whom a search met, and by what. */
export async function SearchResults({ outcome, session }: SearchResultsProps) {
  const t = await getTranslations("support.search");
  const roles = await getTranslations("activity.about.role");
  const { customers, hasMore, recoveryCase, blockOfNobody } = outcome;
  const met = customers.length > 0 || recoveryCase !== null || blockOfNobody !== null;
  const roleOf = (role: string) => (role === "customer" ? "" : ` (${roles(role as "support")})`);
  const rows = customers.map(({ id, name, role, maskedEmail, matched }) => ({
    key: id,
    cells: [
      <span key="name">
        <TextLink href={`/support/customers/${id}`}>{name}</TextLink>
        {roleOf(role)}
      </span>,
      maskedEmail,
      t(`matched.${matched}`, { searchDays: supportNumbers.searchDays }),
    ],
  }));
  return (
    <div className="grid grid-cols-1 gap-4">
      {met && customers.length === 0 ? null : (
        <Notice>
          <p>{met ? t("count", { count: customers.length }) : t("none")}</p>
          {hasMore ? <p>{t("more", { results: supportNumbers.results })}</p> : null}
        </Notice>
      )}
      {recoveryCase === null ? null : (
        <p>
          <TextLink href={`/support/cases/${recoveryCase.id}`}>
            {t("openCase", { reference: recoveryCase.reference })}
          </TextLink>
        </p>
      )}
      {blockOfNobody === null ? null : <BlockOfNobody {...blockOfNobody} session={session} />}
      {customers.length === 0 ? null : (
        <DataTable
          caption={t("caption")}
          headings={[t("columns.name"), t("columns.email"), t("columns.matched")]}
          rows={rows}
        />
      )}
    </div>
  );
}

type BlockOfNobodyProps = NonNullable<Searched["blockOfNobody"]> & { session: LiveSession };

async function BlockOfNobody({ until, session }: BlockOfNobodyProps) {
  const t = await getTranslations("support.search");
  if (until === null || until <= readClock()) return <p>{t("blockOfNobodyOver")}</p>;
  const tags = await momentTags(until, { timeZone: session.account.timeZone });
  return <p>{t.rich("blockOfNobody", tags)}</p>;
}
