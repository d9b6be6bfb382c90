import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { TextLink } from "@/components/text-link";
import { auditActions } from "@/lib/audit/audit-actions";
import { auditMachine } from "@/lib/audit/audit-machine";
import type { AuditPage } from "@/lib/audit/list-entries";
import type { AuditField, TypedFilter } from "@/lib/audit/read-filter";

type AuditFilterProps = {
  /** The log's own path. */
  path: string;
  page: AuditPage;
  typed: TypedFilter;
  /** What is wrong with a field, in words. */
  error: (field: AuditField) => string | undefined;
};

/** What the log can be filtered by, as a form whose answer is an address to keep or hand on. */
export async function AuditFilter({ path, page, typed, error }: AuditFilterProps) {
  const t = await getTranslations("audit");
  const errorPrefix = (await getTranslations("common"))("errorPrefix");
  const { filter, actors } = page;
  const actions = auditActions.map((value) => ({ value, label: t(`action.${value}`) }));
  const staff = actors.map(({ id, actor }) => {
    const machine = auditMachine(id);
    return { value: id, label: machine === null ? actor : t(`machine.${machine}`) };
  });
  return (
    <form action={path} className="grid gap-5" noValidate>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Select
          name="action"
          label={t("filter.action")}
          options={[{ value: "", label: t("filter.allActions") }, ...actions]}
          defaultValue={filter.action ?? ""}
        />
        <Select
          name="staff"
          label={t("filter.staff")}
          options={[{ value: "", label: t("filter.everybody") }, ...staff]}
          defaultValue={filter.actor ?? ""}
        />
        <Field
          name="from"
          type="date"
          label={t("filter.from")}
          defaultValue={typed.from}
          error={error("from")}
          errorPrefix={errorPrefix}
        />
        <Field
          name="to"
          type="date"
          label={t("filter.to")}
          defaultValue={typed.to}
          error={error("to")}
          errorPrefix={errorPrefix}
        />
        <div className="sm:col-span-2">
          <Field
            name="subject"
            label={t("filter.subject")}
            hint={t("filter.subjectHint")}
            defaultValue={typed.subject}
            maxLength={100}
            spellCheck={false}
            autoComplete="off"
            error={error("subject")}
            errorPrefix={errorPrefix}
          />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Button kind="inline">{t("filter.submit")}</Button>
        <span>
          <TextLink href={path}>{t("filter.clear")}</TextLink>
        </span>
      </div>
    </form>
  );
}
