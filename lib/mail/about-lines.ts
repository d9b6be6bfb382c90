import type { Fact, SharedWords } from "@/emails/mail-view";
import { isLocale, type Locale, localeNames } from "@/lib/i18n/locales";
import type { About } from "@/lib/mail/facts";
import { mailKinds } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import type { Tie } from "@/lib/mail/rules/ties";
import { blockNameOf, frameKey } from "@/lib/mail-document/text-key";

/** What a change was about, which comes first in a mail: it is what the customer looks for. */
export function aboutLines(about: About | undefined, shared: SharedWords, locale: Locale): Fact[] {
  const { place, placeName, placeNameBefore, address, addressBefore, browser, system } =
    about ?? {};
  const details = about?.details?.map((detail) => shared[detailWords[detail]]);
  const device = [browser, system].filter(Boolean).join(", ");
  const lines: [string, string | null | undefined][] = [
    [shared.placeLabel, place],
    [shared.placeNameLabel, placeName],
    [shared.placeNameBeforeLabel, placeNameBefore],
    [shared.addressLabel, address],
    [shared.addressBeforeLabel, addressBefore],
    [shared.deviceLabel, device],
    [shared.detailsChangedLabel, details && new Intl.ListFormat(locale).format(details)],
    [shared.phoneLabel, about?.phoneEnd === null ? shared.phoneNone : about?.phoneEnd],
    [shared[factorLabels[about?.what ?? "app"]], about?.what && about.name],
    [shared.mayLabel, about?.may && shared[mayWords[about.may]]],
    [shared.askingLabel, about?.asking && shared[askingWords[about.asking]]],
    [shared.memberLabel, about?.member],
    [shared.roleLabel, about?.role && shared[roleWords[about?.role]]],
    [shared.byLabel, about?.by === null ? shared.byCommand : about?.by],
    [shared.tieLabel, about?.tie && shared[tieWords[about?.tie]]],
    [shared.textLabel, about?.text && textTitle(about.text, shared, locale)],
    [shared.noteLabel, about?.note],
    [shared.hostsLabel, about?.hosts && (about.hosts.join(", ") || shared.hostsNone)],
    [shared.approvalsLabel, about?.approvals?.toLocaleString(locale)],
    [shared.reasonLabel, about?.reason],
  ];
  return lines.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** A text of ours as its readers know it: by its mail's title, and in which language. */
function textTitle(text: string, shared: SharedWords, locale: Locale): string {
  const [subject = "", language = ""] = text.split("/");
  if (subject === frameKey.subject) return shared.frameText;
  const kind = mailKinds.find((known) => known === subject);
  const title =
    kind === undefined ? (blockNameOf(subject) ?? subject) : mailCopy[locale][kind].title;
  return isLocale(language) ? `${title} (${localeNames[language]})` : title;
}

const detailWords = {
  name: "detailName",
  language: "detailLanguage",
  "time-zone": "detailTimeZone",
} as const;

const factorLabels = { app: "appLabel", passkey: "passkeyLabel" } as const;

const mayWords = {
  "sign-in": "maySignIn",
  "second-step": "maySecondStep",
  both: "mayBoth",
  nothing: "mayNothing",
} as const;

const askingWords = { always: "askingAlways", "new-places": "askingNewPlaces" } as const;

const roleWords = {
  customer: "roleCustomer",
  marketing: "roleMarketing",
  support: "roleSupport",
  admin: "roleAdmin",
} as const;

const tieWords = {
  same: "tieSame",
  invited: "tieInvited",
  "same-browser": "tieSameBrowser",
  "joined-after": "tieJoinedAfter",
  "own-doing": "tieOwnDoing",
  "of-subject": "tieOfSubject",
} as const satisfies Record<Tie, keyof SharedWords>;
