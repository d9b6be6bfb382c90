import { Button } from "@/components/button";
import { entryWords } from "@/components/entry";
import { getTranslations } from "@/lib/i18n/translations";

type RemoveButtonProps = {
  what: "app" | "passkey";
  id: string;
  /** The id of the entry it stands in. */
  entry: string;
};

/** Leads to the page that asks for what a removal needs; it changes nothing itself. */
export async function RemoveButton({ what, id, entry }: RemoveButtonProps) {
  const t = await getTranslations("twoStep.remove");
  return (
    <form action="/account/security/two-step/remove" method="get">
      <input type="hidden" name="what" value={what} />
      <input type="hidden" name="id" value={id} />
      <Button kind="inline" aria-describedby={entryWords(entry)}>
        {t("button")}
      </Button>
    </form>
  );
}
