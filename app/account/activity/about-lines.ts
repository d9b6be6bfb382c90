import type { ShownActivity } from "@/lib/history/list-activities";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

/** What an activity was about, a line each. */
export async function aboutLines({ about }: Pick<ShownActivity, "about">): Promise<string[]> {
  const t = await getTranslations("activity.about");
  const format = new Intl.ListFormat(await getLocale());
  const { place, placeName, placeNameBefore, address, addressBefore, details, told } = about;
  const { reason, phoneEnd, role, what, name = "", nameBefore, may, asking } = about;
  const device = [about.browser, about.system].filter((part) => typeof part === "string");
  const named = placeName ? `${placeName} (${place})` : place;
  return [
    ...(named ? [named] : []),
    ...(placeNameBefore ? [t("nameBefore", { name: placeNameBefore })] : []),
    ...(address ? [address] : []),
    ...(addressBefore ? [t("addressBefore", { address: addressBefore })] : []),
    ...(device.length > 0 ? [format.format(device)] : []),
    ...(details ? [format.format(details.map((detail) => t(`details.${detail}`)))] : []),
    ...(phoneEnd === undefined
      ? []
      : [phoneEnd === null ? t("phoneNone") : t("phoneEnd", { end: phoneEnd })]),
    ...(what === undefined ? [] : [t(what, { name })]),
    ...(nameBefore === undefined ? [] : [t("nameBefore", { name: nameBefore })]),
    ...(may === undefined ? [] : [t(`may.${may}`)]),
    ...(asking === undefined ? [] : [t(`asking.${asking}`)]),
    ...(role === undefined ? [] : [t(`role.${role}`)]),
    ...(reason === undefined ? [] : [t("reason", { reason })]),
    ...(told === undefined ? [] : [t(told ? "toldOn" : "toldOff")]),
  ];
}
