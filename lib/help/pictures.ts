import sizes from "@/lib/help/picture-sizes.json";
import type { Locale } from "@/lib/i18n/locales";

/** Pictures of pages that articles show; docs/retake-help-pictures.mjs takes them, in each language. */
export type PictureName = keyof typeof sizes.en;

/** Where a picture is in a language, and how large it is shown. */
export function pictureOf(name: PictureName, locale: Locale) {
  const [width, height] = sizes[locale][name] as [number, number];
  return { src: `/help-pictures/${locale}/${name}.png`, width, height };
}
