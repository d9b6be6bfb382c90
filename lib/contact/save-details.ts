import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { storeDetails } from "@/lib/account/store";
import { knownZone } from "@/lib/client/browser-zone";
import { isLocale } from "@/lib/i18n/locales";
import { NAME_MAX_LENGTH } from "@/lib/password/typed-credentials";
import { timeZoneToday } from "@/lib/time-zones";
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
 * @param typed as the form says it; an empty time zone is the browser's, or the installation's
 */
export async function saveDetails(
  actor: Actor,
  typed: { name: string; language: string; timeZone: string },
): Promise<DetailsOutcome> {
  const { name, error: nameError } = typedName(typed.name, NAME_MAX_LENGTH);
  const { language: locale } = typed;
  const chosen = typed.timeZone === "" ? null : knownZone(typed.timeZone);
  const errors: DetailsErrors = {};
  if (nameError !== undefined) errors.name = nameError;
  if (!isLocale(locale)) errors.language = "languageUnknown";
  if (typed.timeZone !== "" && chosen === null) errors.timeZone = "timeZoneUnknown";
  if (Object.keys(errors).length > 0) return { kind: "invalid", errors };
  const { session } = actor;
  const { account } = session;
  return asCustomer(actor, async (tx, now): Promise<DetailsOutcome> => {
    const zone = zoneToKeep(chosen, actor);
    const details = [
      ...(name === account.name ? [] : ["name" as const]),
      ...(locale === account.locale ? [] : ["language" as const]),
      ...(zone === null ? [] : ["time-zone" as const]),
    ];
    if (details.length === 0) return { kind: "unchanged" };
    await storeDetails(tx, account.id, { name, locale, ...zone });
    await recordOwnChange(tx, actor, { kind: "details-changed", now, about: { details } });
    return { kind: "saved" };
  });
}

/**
 * What becomes of the account's zone; null: it stays. One that was only given another name is the
 * same.
 */
function zoneToKeep(chosen: string | null, { client, session }: Actor) {
  const { timeZone, timeZoneFromBrowser } = session.account;
  const isChosen = timeZone !== null && !timeZoneFromBrowser;
  if (chosen === null) {
    const said = { timeZone: client.timeZone, timeZoneFromBrowser: client.timeZone !== null };
    return isChosen ? said : null;
  }
  const isSame = isChosen && timeZoneToday(timeZone) === chosen;
  return isSame ? null : { timeZone: chosen, timeZoneFromBrowser: false };
}
