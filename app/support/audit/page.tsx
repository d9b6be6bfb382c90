import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuditEntries } from "@/app/support/audit/audit-entries";
import { AuditFilter, type FilterField } from "@/app/support/audit/audit-filter";
import { AUDIT_PATH, auditHref } from "@/app/support/audit/audit-query";
import { ExportForm } from "@/app/support/audit/export-form";
import { SubjectChoices } from "@/app/support/audit/subject-choices";
import { subjectText } from "@/app/support/audit/subject-text";
import { SupportFrame } from "@/app/support/support-frame";
import { requireViewer } from "@/app/support/viewing-staff";
import { Alert } from "@/components/alert";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { ErrorSummary } from "@/components/error-summary";
import { supportRoles } from "@/lib/account/roles";
import { auditDayExample, listEntries } from "@/lib/audit/list-entries";
import { isSubject, type TypedFilter, typedFilter } from "@/lib/audit/read-filter";
import { env } from "@/lib/env/env";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { findSubject } from "@/lib/support/find-subject";
import { nameSubjects } from "@/lib/support/name-subjects";
import { supportNumbers } from "@/lib/support/rules/limits";

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const filterFields: readonly FilterField[] = ["from", "to", "about"];

const oneOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : null);

/** The filter that an address asks for; what is no id in it was typed by somebody, as a name is. */
function readQuery(query: Awaited<AuditPageProps["searchParams"]>): {
  typed: TypedFilter;
  about: string;
} {
  const typed = typedFilter((field) => oneOf(query[field]));
  const about = (oneOf(query.about) ?? "").trim();
  return isSubject(typed.subject)
    ? { typed, about }
    : { typed: { ...typed, subject: "" }, about: about === "" ? typed.subject : about };
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function AuditLogPage({ searchParams }: AuditPageProps) {
  const staff = await requireViewer(AUDIT_PATH, supportRoles);
  const { session, role } = staff;
  const t = await getTranslations("audit");
  const query = await searchParams;
  const { typed, about } = readQuery(query);
  const found = about === "" ? null : await findSubject(staff, about);
  // What was typed leaves the address with it: it may be kept and handed on.
  if (found?.kind === "one") redirect(auditHref({ ...typed, subject: found.subjectId }));
  const timeZone = session.account.timeZone ?? env().timeZone;
  const page = await listEntries(typed, { after: oneOf(query.after), timeZone });
  const { entries, errors, next } = page;
  const search = await getTranslations("support.search");
  const error = (field: FilterField) => {
    if (field !== "about") {
      const key = errors[field];
      return key && t(`errors.${key}`, { example: auditDayExample() });
    }
    if (found?.kind === "none") return t("errors.aboutNobody");
    return found?.kind === "too-short" ? search("tooShort", supportNumbers) : undefined;
  };
  const summary = filterFields.flatMap((field) => {
    const message = error(field);
    return message === undefined ? [] : [{ field, message }];
  });
  const isFiltered = auditHref(typed) !== AUDIT_PATH;
  const subjects = entries.flatMap(({ subject }) => subject?.id ?? []);
  const names = await nameSubjects([typed.subject, ...subjects]);
  const shown = typed.subject === "" ? null : await subjectText(typed.subject, names);
  return (
    <SupportFrame role={role} current="audit">
      <Card width="full" title={t("title")} lead={t("lead")}>
        {(await readNotice())?.kind === "unavailable" ? (
          <Alert title={(await getTranslations("login.errors"))("unavailable")} />
        ) : null}
        <ErrorSummary title={(await getTranslations("common"))("problem")} errors={summary} />
        <AuditFilter
          path={AUDIT_PATH}
          page={page}
          typed={typed}
          about={{ typed: about, shown }}
          error={error}
        />
        {summary.length > 0 ? null : found?.kind === "several" ? (
          <SubjectChoices found={found} typed={typed} />
        ) : entries.length === 0 ? (
          <p>{t(isFiltered ? "noneMatch" : "none")}</p>
        ) : (
          <AuditEntries path={AUDIT_PATH} session={session} entries={entries} names={names} />
        )}
        {next === null || found !== null ? null : (
          <div>
            <ButtonLink kind="inline" href={auditHref(typed, next)}>
              {t("next")}
            </ButtonLink>
          </div>
        )}
        {entries.length === 0 || found !== null ? null : <ExportForm typed={typed} />}
      </Card>
    </SupportFrame>
  );
}
