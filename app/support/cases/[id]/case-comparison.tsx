import type { ReactNode } from "react";
import { accountWords } from "@/app/account/account-words";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import type { CaseView } from "@/lib/cases/review/review-case";
import { caseNumbers } from "@/lib/cases/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";

type CaseComparisonProps = { session: LiveSession; found: CaseView };

type Row = { label: string; sent: ReactNode; record: ReactNode };

/** What was sent, row by row beside what we know: whoever decides compares the two. */
export async function CaseComparison({ session, found }: CaseComparisonProps) {
  const t = await getTranslations("supportCases.case.compare");
  const record = await getTranslations("supportCases.case.record");
  const rows = await comparedRows({ session, found });
  const cell = "w-1/2 px-3 pb-2.5 align-top font-medium [overflow-wrap:anywhere]";
  return (
    <Section title={t("title")}>
      {found.record === null ? <p>{record("none")}</p> : null}
      <div className="rounded-lg border border-line">
        <table className="w-full table-fixed border-collapse text-left text-base">
          <thead className="bg-sunken">
            <tr>
              {[t("sent"), record("title")].map((heading) => (
                <th key={heading} scope="col" className="px-3 py-2.5 font-semibold">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          {rows.map(({ label, sent, record: known }) => (
            // A group a row: its name above both, so that an address has the width to stay on one line.
            <tbody key={label} className="border-line border-t">
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={2}
                  className="px-3 pt-2.5 font-normal text-quiet text-sm"
                >
                  {label}
                </th>
              </tr>
              <tr>
                <td className={cell}>{sent}</td>
                <td className={cell}>{found.record === null ? "–" : known}</td>
              </tr>
            </tbody>
          ))}
        </table>
      </div>
      {found.record === null ? null : (
        <p>
          <TextLink href={`/support/customers/${found.record.id}`}>{record("customer")}</TextLink>
        </p>
      )}
    </Section>
  );
}

async function comparedRows({ session, found }: CaseComparisonProps): Promise<Row[]> {
  const t = await getTranslations("supportCases.case.compare");
  const request = await getTranslations("supportCases.case.sent");
  const known = await getTranslations("supportCases.case.record");
  const words = await accountWords(session);
  const { sent, record } = found;
  const further = (record?.addresses ?? []).map((one) =>
    one.confirmed ? one.email : known("unconfirmed", { address: one.email }),
  );
  const { phone = null, phoneChangedAt = null } = record ?? {};
  const numbered =
    phone !== null && phoneChangedAt !== null
      ? known("phoneSince", { phone, date: words.when(phoneChangedAt) })
      : phone;
  const [latest] = record?.signIns ?? [];
  const noNewEmail = found.lost === "mailbox" ? "noNewEmail" : "noneAsked";
  // No form asks for it: it is read where the applicant wrote it.
  const written = <span className="font-normal text-quiet">{t("onDocuments")}</span>;
  const lines = (...texts: string[]) =>
    texts.map((text) => (
      <span key={text} className="block">
        {text}
      </span>
    ));
  const factorsText = (has: NonNullable<CaseView["record"]>["factors"] | undefined) =>
    has === undefined || has.apps + has.passkeys === 0
      ? known("factorsNone")
      : known("factorsHas", {
          apps: has.apps,
          passkeys: has.passkeys,
          codes: has.recoveryCodesLeft,
        });
  return [
    { label: known("name"), sent: written, record: record?.name },
    { label: t("email"), sent: sent.accountEmail, record: record?.email },
    {
      label: t("other"),
      sent: sent.newEmail === null ? request(noNewEmail) : lines(sent.newEmail, t("byCode")),
      record: further.length > 0 ? lines(...further) : known("noFurther"),
    },
    { label: known("phone"), sent: written, record: numbered ?? known("noPhone") },
    {
      label: t("from"),
      sent: lines(words.from(sent), words.device(sent)),
      record:
        latest === undefined ? t("noSignIn") : lines(words.from(latest), words.device(latest)),
    },
    {
      label: known("places"),
      sent: t(sent.fromLongTrusted ? "isTrusted" : "isNotTrusted", {
        days: caseNumbers.trustedDays,
      }),
      record: record?.places,
    },
    { label: known("factors"), sent: written, record: factorsText(record?.factors) },
  ];
}
