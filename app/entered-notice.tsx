import { Notice } from "@/components/notice";
import { readEntered } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** Says above the page after a right code that one is in, and what became of the place. */
export async function EnteredNotice() {
  const entered = await readEntered();
  if (entered === null) return null;
  const t = await getTranslations("entered");
  return (
    <div className="mx-auto mb-6 w-full max-w-2xl" data-said-once>
      <Notice>{t(entered.place)}</Notice>
    </div>
  );
}
