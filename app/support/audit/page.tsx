import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditEntries } from "@/app/support/audit/audit-entries";
import { AuditFilter } from "@/app/support/audit/audit-filter";
import { AUDIT_PATH, auditHref } from "@/app/support/audit/audit-query";
import { ExportForm } from "@/app/support/audit/export-form";
import { SupportFrame } from "@/app/support/support-frame";
import { Alert } from "@/components/alert";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { ErrorSummary } from "@/components/error-summary";
import { supportRoles } from "@/lib/account/roles";
import { auditDayExample, listEntries } from "@/lib/audit/list-entries";
import { type AuditField, auditFields, typedFilter } from "@/lib/audit/read-filter";
import { env } from "@/lib/env/env";
import { readNotice } from "@/lib/forms/notice";
import { requireStaff } from "@/lib/next-auth/session";

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const oneOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : null);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function AuditLogPage({ searchParams }: AuditPageProps) {
  const { session, role } = await requireStaff(AUDIT_PATH, supportRoles);
  const t = await getTranslations("audit");
  const query = await searchParams;
  const typed = typedFilter((field) => oneOf(query[field]));
  const timeZone = session.account.timeZone ?? env().timeZone;
  const page = await listEntries(typed, { after: oneOf(query.after), timeZone });
  const { entries, errors, next } = page;
  const error = (field: AuditField) => {
    const key = errors[field];
    return key && t(`errors.${key}`, { example: auditDayExample() });
  };
  const summary = auditFields.flatMap((field) => {
    const message = error(field);
    return message === undefined ? [] : [{ field, message }];
  });
  const isFiltered = auditHref(typed) !== AUDIT_PATH;
  return (
    <SupportFrame role={role} current="audit">
      <Card width="full" title={t("title")} lead={t("lead")}>
        {(await readNotice())?.kind === "unavailable" ? (
          <Alert title={(await getTranslations("login.errors"))("unavailable")} />
        ) : null}
        <ErrorSummary title={(await getTranslations("common"))("problem")} errors={summary} />
        <AuditFilter path={AUDIT_PATH} page={page} typed={typed} error={error} />
        {summary.length > 0 ? null : entries.length === 0 ? (
          <p>{t(isFiltered ? "noneMatch" : "none")}</p>
        ) : (
          <AuditEntries path={AUDIT_PATH} session={session} entries={entries} />
        )}
        {next === null ? null : (
          <div>
            <ButtonLink kind="inline" href={auditHref(typed, next)}>
              {t("next")}
            </ButtonLink>
          </div>
        )}
        {entries.length === 0 ? null : <ExportForm typed={typed} />}
      </Card>
    </SupportFrame>
  );
}
