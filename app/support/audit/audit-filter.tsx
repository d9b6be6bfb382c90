import { auditHref } from "@/app/support/audit/audit-query";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { TextLink } from "@/components/text-link";
import { auditActions } from "@/lib/audit/audit-actions";
import { auditMachine } from "@/lib/audit/audit-machine";
import type { AuditPage } from "@/lib/audit/list-entries";
import type { TypedFilter } from "@/lib/audit/read-filter";
import { getTranslations } from "@/lib/i18n/translations";

/** The fields that are typed: whom it is about becomes the id in the address. */
export type FilterField = "from" | "to" | "about";

type AuditFilterProps = {
  /** The log's own path. */
  path: string;
  page: AuditPage;
  typed: TypedFilter;
  /** What was typed to say whom it is about, and what the filter is about already, in words. */
  about: { typed: string; shown: string | null };
  /** What is wrong with a field, in words. */
  error: (field: FilterField) => string | undefined;
};

/** What the log can be filtered by, as a form whose answer is an address to keep or hand on. */
export async function AuditFilter(props: AuditFilterProps) {
  const { path, page, typed, about, error } = props;
  const t = await getTranslations("audit");
  const errorPrefix = (await getTranslations("common"))("errorPrefix");
  const { filter, actors } = page;
  const actions = auditActions.map((value) => ({ value, label: t(`action.${value}`) }));
  const staff = actors.map(({ id, actor, name }) => {
    const machine = auditMachine(id);
    const person = name === null ? actor : `${name}, ${actor}`;
    return { value: id, label: machine === null ? person : t(`machine.${machine}`) };
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
        <div className="grid gap-3 sm:col-span-2">
          <Field
            name="about"
            label={t("filter.about")}
            hint={t("filter.aboutHint")}
            defaultValue={about.typed}
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            error={error("about")}
            errorPrefix={errorPrefix}
          />
          {about.shown === null ? null : (
            <p>
              <input type="hidden" name="subject" value={typed.subject} />
              {t("filter.only", { name: about.shown })}{" "}
              <TextLink href={auditHref({ ...typed, subject: "" })}>{t("filter.notOnly")}</TextLink>
            </p>
          )}
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
