import { getTranslations } from "next-intl/server";
import { refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import type { PlaceErrors } from "@/lib/places/check-place";
import { placeNumbers } from "@/lib/places/rules/limits";

type PlaceErrorKey = NonNullable<PlaceErrors[keyof PlaceErrors]>;

async function words() {
  const t = await getTranslations("places.errors");
  const password = await getTranslations("widening.errors");
  return (key: string, { overlapping = "" }: Record<string, string>) =>
    key === "passwordMissing" || key === "passwordWrong"
      ? password(key)
      : t(key as PlaceErrorKey, { ...placeNumbers, overlapping });
}

/** The form that adds a place, as it was answered. */
export async function addPlaceForm(notice: Notice | null) {
  return refusedForm(notice, "add-place", await words());
}

/** The form that renames one place, as it was answered. */
export async function renameForm(notice: Notice | null, placeId: string) {
  return refusedForm(notice, `rename-${placeId}`, await words());
}
