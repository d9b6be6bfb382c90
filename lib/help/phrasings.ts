import en from "@/lib/help/phrasings/en.json";
import es from "@/lib/help/phrasings/es.json";
import fr from "@/lib/help/phrasings/fr.json";
import pt from "@/lib/help/phrasings/pt.json";
import type { Locale } from "@/lib/i18n/locales";

/** English decides which parts have any. */
type Phrasings = Record<keyof typeof en, string[]>;

/**
 * What people type who look for a part of an article, where its own words are others: by the end of
 * its address. They are searched and never shown.
 */
export const phrasings: Record<Locale, Phrasings> = { en, fr, pt, es };
