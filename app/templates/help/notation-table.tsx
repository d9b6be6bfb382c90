import { DataTable } from "@/components/data-table";
import { env } from "@/lib/env/env";
import { getTranslations } from "@/lib/i18n/translations";
import { notationRows } from "@/lib/templates/notation-rows";

/** How each thing is written in the plain notation. */
export async function NotationTable() {
  const t = await getTranslations("templateHelp.notation");
  const example = {
    words: t("example.words"),
    heading: t("example.heading"),
    paragraph: t("example.paragraph"),
    item: t("example.item"),
    button: t("example.button"),
    picture: t("example.picture"),
  };
  const rows = notationRows(example, `${env().appUrl}/help`);
  const names = Object.keys(rows) as (keyof typeof rows)[];
  return (
    <DataTable
      caption={t("caption")}
      headings={[t("written"), t("makes")]}
      rows={names.map((name) => ({
        key: name,
        cells: [
          <code key="written" className="font-mono text-sm [overflow-wrap:anywhere]">
            {rows[name]}
          </code>,
          t(`row.${name}`),
        ],
      }))}
    />
  );
}
