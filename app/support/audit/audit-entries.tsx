import { accountWords } from "@/app/account/account-words";
import { shortOf } from "@/app/support/audit/subject-text";
import { DataTable } from "@/components/data-table";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import type { ShownEntry } from "@/lib/audit/list-entries";
import { ipText } from "@/lib/client/ip-text";
import { getTranslations } from "@/lib/i18n/translations";
import type { SubjectNames } from "@/lib/support/name-subjects";

type AuditEntriesProps = {
  path: string;
  session: LiveSession;
  entries: ShownEntry[];
  names: SubjectNames;
};

const pages = { account: "/support/customers", case: "/support/cases" } as const;

const pageOf = ({ kind, id }: NonNullable<ShownEntry["subject"]>) =>
  kind === "account" || kind === "case" ? `${pages[kind]}/${id}` : null;

/** Entries of the log, each on a line. */
export async function AuditEntries({ path, session, entries, names }: AuditEntriesProps) {
  const t = await getTranslations("audit");
  const { when } = await accountWords(session);

  const about = ({ subject }: ShownEntry) => {
    if (subject === null) return null;
    const { kind, id } = subject;
    const named = names.get(id)?.name;
    const shown = kind === "setting" || kind === "template" ? id : shortOf(id);
    const name = `${t(`about.${kind}`)} ${named ?? shown}`;
    const page = pageOf(subject);
    return (
      <span className="grid min-w-36 gap-1">
        <span>{page === null ? name : <TextLink href={page}>{name}</TextLink>}</span>
        <span className="text-sm">
          <TextLink
            href={`${path}?subject=${id}`}
            aria-label={`${t("only")}, ${[name, ...(named === undefined ? [] : [shown])].join(", ")}`}
          >
            {t("only")}
          </TextLink>
        </span>
        {named === undefined ? null : <span className="text-quiet text-sm">{shown}</span>}
      </span>
    );
  };

  const rows = entries.map((entry) => ({
    key: entry.seq,
    cells: [
      <span key="time" className="grid min-w-36 gap-1">
        <time dateTime={entry.at.toISOString()} className="tabular-nums">
          {when(entry.at)}
        </time>
        <span className="font-normal text-quiet text-sm">{t("entry", { seq: entry.seq })}</span>
      </span>,
      <span key="who" className="grid min-w-44 gap-1">
        {entry.machine === null ? entry.actor : t(`machine.${entry.machine}`)}
        {entry.role === null ? null : (
          <span className="text-quiet text-sm">{t(`role.${entry.role}`)}</span>
        )}
        {entry.machine !== null ? null : (
          <span className="text-quiet text-sm">{ipText(entry.ip, t("unknownIp"))}</span>
        )}
      </span>,
      <span key="what" className="grid min-w-40 gap-1">
        {entry.action === null ? entry.storedAction : t(`action.${entry.action}`)}
        {entry.details === "" ? null : <span className="text-quiet text-sm">{entry.details}</span>}
      </span>,
      about(entry),
      <span key="reason" className="block min-w-40">
        {entry.reason}
      </span>,
    ],
  }));
  return (
    <DataTable
      caption={t("caption")}
      headings={[
        t("columns.time"),
        t("columns.who"),
        t("columns.what"),
        t("columns.about"),
        t("columns.reason"),
      ]}
      rows={rows}
    />
  );
}
