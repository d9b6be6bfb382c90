import { MailEditor } from "@/app/templates/mail-editor";
import type { StaffMember } from "@/lib/account/staff-member";
import type { PageMessages } from "@/lib/i18n/load-messages";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import { blockChoices } from "@/lib/templates/block-choices";
import { listImages } from "@/lib/templates/images/mail-images";
import { variableChoices } from "@/lib/templates/variable-choices";

// That each variable has its words is said by a test beside them.
type VariableName = keyof PageMessages["templateVariables"];

/** The visual editor of a text, with what people choose from in it. */
export async function VisualEditor({ staff, of }: { staff: StaffMember; of: TextKey }) {
  const t = await getTranslations("templateVariables");
  const choices = variableChoices(of);
  // A panel is called by its name, and the code's shows a code.
  const variables = choices.map(({ name, type, isRequired, sample }) => ({
    ...{ name, type, isRequired },
    sample:
      type === "panel"
        ? (choices.find((one) => one.name === name && one.sample !== "")?.sample ?? "")
        : sample,
    description: t(`${name as VariableName}.${type === "panel" ? "label" : "means"}`),
  }));
  const images = (await listImages(staff)).map(({ id, name }) => ({
    ...{ id, name },
    address: `/mail-images/${id}`,
  }));
  return <MailEditor variables={variables} images={images} blocks={await blockChoices(of)} />;
}
