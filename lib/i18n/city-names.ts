import en from "@/lib/i18n/cities/en.json";
import es from "@/lib/i18n/cities/es.json";
import fr from "@/lib/i18n/cities/fr.json";
import pt from "@/lib/i18n/cities/pt.json";
import type { Locale } from "@/lib/i18n/locales";

// Intl writes no city of a zone. What differs from the zone's own name is from Unicode CLDR
// (cities/LICENSE).
const cities: Record<Locale, Readonly<Record<string, string>>> = { en, fr, pt, es };

/** How a language says that something is there: the first that fits; the last fits any. */
const wheres: Record<Locale, readonly (readonly [RegExp, string])[]> = {
  en: [
    [
      /^(?=(Azores|Canaries|Faroes|Comoros|Maldives|Vatican|Chagos)\b|.* (Islands|Quarter)$)/,
      "in the ",
    ],
    [/^(?=Isle of )/, "on the "],
    [/^(?=.* Island$)/, "on "],
    [/^(?=.* (Station|Atoll)$)/, "at "],
    [/^/, "in "],
  ],
  fr: [
    [/^Le (?=Caire|Vatican)/, "au "],
    [
      /^(?=(Açores|Bermudes|Caïmans|Canaries|Chagos|Cocos|Comores|Fidji|Galápagos|Îles|Kerguelen)\b|Îles )/,
      "aux ",
    ],
    [/^(?=(Maldives|Marquises|Palaos)$)/, "aux "],
    [/^(?=(Belize|Cap-Vert|Costa Rica|Guyana|Koweït|Qatar)$)/, "au "],
    [/^El (?=Salvador$)/, "au "],
    [/^(?=(Andorre|Géorgie du Sud|Guadeloupe|Jamaïque|Martinique)$)/, "en "],
    [/^(?=(Dominique|Grenade)$)/, "à la "],
    [/^Île (?=de )/, "à l’île "],
    [/^/, "à "],
  ],
  pt: [
    [/^(?=(Açores)$)/, "nos "],
    [/^(?=(Bahamas|Bermudas|Canárias|Comores|Faroé|Fiji|Maldivas)$|Ilhas )/, "nas "],
    [
      /^(?=(Cairo|Barém|Belize|Catar|Koweit|Luxemburgo|Mónaco|Panamá|Recife|Taiti|Vaticano)$)/,
      "no ",
    ],
    [/^(?=(Arquipélago|Atol) )/, "no "],
    [
      /^(?=(Baía|Domínica|Geórgia do Sul|Guiana|Jamaica|Madeira|Martinica|Maurícia|Reunião)$)/,
      "na ",
    ],
    [/^(?=(Cidade|Estação|Ilha|Terra) )/, "na "],
    [/^/, "em "],
  ],
  es: [
    [/^(?=(Azores|Bermudas|Comoras|Maldivas|Galápagos)$|Islas )/, "en las "],
    [/^(?=Isla )/, "en la "],
    [/^/, "en "],
  ],
};

// The rest of the list (UTC, Etc/GMT+3) is no place.
const isPlace = (timeZone: string) => timeZone.includes("/") && !timeZone.startsWith("Etc/");

/**
 * The city or island that a zone is called by today, in a language; null for a zone without one.
 */
export function cityName(timeZone: string, locale: Locale): string | null {
  if (!isPlace(timeZone)) return null;
  const own = timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? null;
  return cities[locale][timeZone] ?? own;
}

/** How a language turns that around: the time of Cairo, "heure du Caire". */
const genitives: Record<Locale, (there: string) => string> = {
  en: (there) => `${there.replace(/^(in|on|at) (the )?/, "")} time`,
  fr: (there) =>
    `heure ${there
      .replace(/^au /, "du ")
      .replace(/^aux /, "des ")
      .replace(/^(en|à) /, "de ")
      .replace(/^de (?=[AEIOUÀÂÉÈÊÎÔÛ])/, "d’")}`,
  pt: (there) => `hora ${there.replace(/^n(?=[oa]s? )/, "d").replace(/^em /, "de ")}`,
  es: (there) => `hora ${there.replace(/^en /, "de ")}`,
};

/**
 * "in Lisbon", "au Caire", "nos Açores": where a clock shows a time; null for a zone without a
 * city.
 */
export function inCity(timeZone: string, locale: Locale): string | null {
  const city = cityName(timeZone, locale);
  if (city === null) return null;
  const [before, said] = wheres[locale].find(([fits]) => fits.test(city)) ?? [/^/, ""];
  return city.replace(before, said);
}

/** "Lisbon time", "heure du Caire": of what has happened, which need not have happened there. */
export function cityTime(timeZone: string, locale: Locale): string | null {
  const there = inCity(timeZone, locale);
  return there === null ? null : genitives[locale](there);
}
