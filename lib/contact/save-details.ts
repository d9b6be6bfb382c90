import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { storeDetails } from "@/lib/account/store";
import { isLocale } from "@/lib/i18n/locales";
import { NAME_MAX_LENGTH } from "@/lib/password/typed-credentials";
import { timeZones, timeZoneToday } from "@/lib/time-zones";
import { type NameError, typedName } from "@/lib/typed/typed-name";

/** Why a field is not taken; each is a message's key. */
export type DetailsErrors = {
  name?: NameError;
  language?: "languageUnknown";
  timeZone?: "timeZoneUnknown";
};

export type DetailsOutcome =
  | { kind: "saved" | "unchanged" | "signed-out" }
  | { kind: "invalid"; errors: DetailsErrors };

/**
 * Saves the name, language and time zone of one's own account.
 *
 * @param typed as the form says it; an empty time zone is the installation's
 */
export async function saveDetails(
  actor: Actor,
  typed: { name: string; language: string; timeZone: string },
): Promise<DetailsOutcome> {
  const { name, error: nameError } = typedName(typed.name, NAME_MAX_LENGTH);
  const { language: locale } = typed;
  const timeZone = typed.timeZone === "" ? null : timeZoneToday(typed.timeZone);
  const errors: DetailsErrors = {};
  if (nameError !== undefined) errors.name = nameError;
  if (!isLocale(locale)) errors.language = "languageUnknown";
  if (typed.timeZone !== "" && !timeZones.includes(timeZone ?? "")) {
    errors.timeZone = "timeZoneUnknown";
  }
  if (Object.keys(errors).length > 0) return { kind: "invalid", errors };
  const { session } = actor;
  const { account } = session;
  return asCustomer(actor, async (tx, now): Promise<DetailsOutcome> => {
    const details = [
      ...(name === account.name ? [] : ["name" as const]),
      ...(locale === account.locale ? [] : ["language" as const]),
      // A zone that was only given another name is the same.
      ...(timeZone === (account.timeZone && timeZoneToday(account.timeZone))
        ? []
        : ["time-zone" as const]),
    ];
    if (details.length === 0) return { kind: "unchanged" };
    await storeDetails(tx, account.id, { name, locale, timeZone });
    await recordOwnChange(tx, actor, { kind: "details-changed", now, about: { details } });
    return { kind: "saved" };
  });
}
