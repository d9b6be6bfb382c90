import { DataTable } from "@/components/data-table";
import { Disclosure } from "@/components/disclosure";
import type { PageMessages } from "@/lib/i18n/load-messages";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import { variableChoices } from "@/lib/templates/variable-choices";

// That each variable has its words is said by a test beside them.
type VariableName = keyof PageMessages["templateVariables"];

/** How a variable is written: a link as the address of words. */
const writtenAs = ({ name, type }: { name: string; type: string }, words: string) =>
  type === "link" ? `[${words}]({{${name}}})` : `{{${name}}}`;

/** What a text may name, with what each stands for. */
export async function VariablesTable({ of }: { of: TextKey }) {
  const t = await getTranslations("templates.text");
  const variables = await getTranslations("templateVariables");
  const choices = variableChoices(of);
  return (
    <Disclosure summary={t("variablesTitle")}>
      <DataTable
        caption={t("variablesTitle")}
        headings={[t("variableName"), t("variableMeans"), t("variableSample")]}
        rows={choices.map((choice) => ({
          key: `${choice.type} ${choice.name}`,
          cells: [
            <span key="name" className="grid gap-0.5">
              <code className="font-mono text-sm">{writtenAs(choice, t("linkWords"))}</code>
              {choice.isRequired ? (
                <span className="font-normal text-quiet text-sm">{t("required")}</span>
              ) : null}
            </span>,
            variables(`${choice.name as VariableName}.means`),
            choice.sample,
          ],
        }))}
      />
    </Disclosure>
  );
}
