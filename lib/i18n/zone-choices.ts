import { cityName } from "@/lib/i18n/city-names";
import { countryName } from "@/lib/i18n/country-name";
import { formattingLocales, type Locale } from "@/lib/i18n/locales";
import { formerNamesOf, timeZones, timeZoneToday } from "@/lib/time-zones";

/** The first part of a zone's name, by which a list of them is grouped. */
export const zoneRegions = [
  "Africa",
  "America",
  "Antarctica",
  "Arctic",
  "Asia",
  "Atlantic",
  "Australia",
  "Europe",
  "Indian",
  "Pacific",
] as const;

export type ZoneRegion = (typeof zoneRegions)[number];

/** A zone as one chooses it: its city, and all that somebody may look for. */
export type ZoneChoice = { value: string; label: string; words: string };

// Node 20 has the property, later ones the method (ECMA-402, Locale Info).
type LocaleOfCountry = Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] };

const capitals = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
const codes = capitals.flatMap((first) => capitals.map((second) => first + second));

/** The countries that a zone is used in, as a language calls them. */
function countriesByZone(locale: Locale): Map<string, string[]> {
  const countries = new Map<string, string[]>();
  for (const code of codes) {
    const country = countryName(code, locale);
    if (country === null) continue;
    const place: LocaleOfCountry = new Intl.Locale(`und-${code}`);
    for (const zone of place.getTimeZones?.() ?? place.timeZones ?? []) {
      const today = timeZoneToday(zone) ?? zone;
      countries.set(today, [...(countries.get(today) ?? []), country]);
    }
  }
  return countries;
}

const isIn = (region: ZoneRegion) => (zone: string) => zone.startsWith(`${region}/`);

function choicesOf(locale: Locale): Map<ZoneRegion, ZoneChoice[]> {
  const countries = countriesByZone(locale);
  const choiceOf = (zone: string): ZoneChoice => {
    const label = cityName(zone, locale) ?? zone;
    const names = [label, zone, ...formerNamesOf(zone), ...(countries.get(zone) ?? [])];
    return { value: zone, label, words: names.join(" ") };
  };
  const { compare } = new Intl.Collator(formattingLocales[locale]);
  return new Map(
    zoneRegions.map((region) => [
      region,
      timeZones
        .filter(isIn(region))
        .map(choiceOf)
        .sort((one, other) => compare(one.label, other.label)),
    ]),
  );
}

const made = new Map<Locale, Map<ZoneRegion, ZoneChoice[]>>();

/** The zones of each region in a language's order; made once, for it takes some milliseconds. */
export function zoneChoices(locale: Locale): ReadonlyMap<ZoneRegion, readonly ZoneChoice[]> {
  const choices = made.get(locale) ?? choicesOf(locale);
  made.set(locale, choices);
  return choices;
}
