import { refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import type { ErrorOf } from "@/lib/forms/refused-forms";
import { getTranslations } from "@/lib/i18n/translations";
import { placeNumbers } from "@/lib/places/rules/limits";

async function words() {
  const t = await getTranslations("places.errors");
  const password = await getTranslations("widening.errors");
  return (key: ErrorOf<"add-place">, { overlapping = "" }: Record<string, string>) =>
    key === "passwordMissing" || key === "passwordWrong"
      ? password(key)
      : t(key, { ...placeNumbers, overlapping });
}

/** The form that adds a place, as it was answered. */
export async function addPlaceForm(notice: Notice | null) {
  return refusedForm(notice, "add-place", await words());
}

/** The form that renames one place, as it was answered. */
export async function renameForm(notice: Notice | null, placeId: string) {
  const isAboutIt = notice?.kind === "form-refused" && notice.values.id === placeId;
  const t = await getTranslations("places.errors");
  const inWords = (key: ErrorOf<"rename-place">) => t(key, placeNumbers);
  return refusedForm(isAboutIt ? notice : null, "rename-place", inWords, `rename-${placeId}`);
}
