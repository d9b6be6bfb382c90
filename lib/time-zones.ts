import { keepLast } from "@/lib/keep-last";

// What Intl calls them to this day (Unicode CLDR never changes a name), and what IANA calls them now.
const renamed: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

// To ask Intl takes longer than all else that is said of a clock time.
const kept = keepLast<string>(200);

/**
 * A time zone's name of today, for one of today, of yesterday (Europe/Kiev) or a link to it (US/Pacific).
 *
 * @returns null for what is no time zone
 */
export function timeZoneToday(name: string): string | null {
  try {
    return kept(name, () => {
      const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
      return renamed[timeZone] ?? timeZone;
    });
  } catch {
    return null;
  }
}

/** What a zone was called before; nothing for most. */
export const formerNamesOf = (zone: string): string[] =>
  Object.keys(renamed).filter((former) => renamed[former] === zone);

/** The time zones a customer can choose, each once and under its name of today; UTC first. */
export const timeZones: readonly string[] = [
  "UTC",
  ...new Set(
    Intl.supportedValuesOf("timeZone")
      .map((name) => renamed[name] ?? name)
      .filter((name) => name !== "UTC")
      .sort(),
  ),
];
