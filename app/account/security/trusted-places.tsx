import { accountWords } from "@/app/account/account-words";
import { removePlaceAction, renamePlaceAction } from "@/app/account/security/actions";
import { AddPlaceForm } from "@/app/account/security/add-place-form";
import { renameForm } from "@/app/account/security/place-forms";
import { twoStepOfPage } from "@/app/account/two-step-of-page";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { Entries, Entry, entryWords } from "@/components/entry";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { ipText } from "@/lib/client/ip-text";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { Place } from "@/lib/places/list-places";
import { whenCodesAreAsked } from "@/lib/sign-in/when-codes-are-asked";

type TrustedPlacesProps = {
  session: LiveSession;
  places: Place[];
  /** Where the customer is now. */
  ip: string | null;
  notice: Notice | null;
};

// What the places are worth, by when this account's sign-ins ask for a code.
const words = {
  "at-new-places": { lead: "lead", none: "none" },
  always: { lead: "leadAlways", none: "none" },
  never: { lead: "leadNever", none: "noneYet" },
  factor: { lead: "leadFactor", none: "noneFactor" },
  "factor-always": { lead: "leadFactorAlways", none: "noneFactor" },
} as const;

async function wordsFor(session: LiveSession): Promise<keyof typeof words> {
  const asked = whenCodesAreAsked(session.account);
  const { hasFactor, asking } = await twoStepOfPage();
  // Of staff the words say it already.
  if (!hasFactor || asked === "always") return asked;
  return asking.always ? "factor-always" : "factor";
}

/** The places an account may be signed in to from with the password alone. */
export async function TrustedPlaces({ session, places, ip, notice }: TrustedPlacesProps) {
  const t = await getTranslations("places");
  const asked = await wordsFor(session);
  const account = await accountWords(session);
  const isKnown = places.some((place) => place.isHere);
  return (
    <Section id="places" title={t("title")}>
      <p className="text-quiet">{t(words[asked].lead)}</p>
      {ip !== null && !isKnown ? <p>{t("notHere", { ip: ipText(ip) })}</p> : null}
      {places.length === 0 ? <p>{t(words[asked].none)}</p> : null}
      {places.length === 1 && (asked === "at-new-places" || asked === "factor") ? (
        <p className="text-quiet text-sm">{t("lastOne")}</p>
      ) : null}
      {places.length > 0 ? (
        <Entries>
          {places.map((place) => (
            <PlaceEntry key={place.id} place={place} words={account} notice={notice} />
          ))}
        </Entries>
      ) : null}
      <AddPlaceForm email={session.account.email} ip={isKnown ? null : ip} notice={notice} />
    </Section>
  );
}

type PlaceEntryProps = {
  place: Place;
  words: Awaited<ReturnType<typeof accountWords>>;
  notice: Notice | null;
};

async function PlaceEntry({ place, words, notice }: PlaceEntryProps) {
  const t = await getTranslations("places");
  const { id, name, network, countryCode, because, since, lastUsedAt, isHere, isShared } = place;
  const titleId = `place-${id}`;
  const rename = await renameForm(notice, id);
  const country = countryCode === null ? [] : [words.country(countryCode)];
  const origin = [...(name === null ? [] : [network]), ...country].join(", ");
  return (
    <Entry
      id={titleId}
      title={name ?? network}
      badges={isHere ? [t("here")] : []}
      lines={[
        ...(origin === "" ? [] : [origin]),
        t(`because.${because}`, { date: words.when(since) }),
        t("lastUsed", { date: words.when(lastUsedAt) }),
        ...(isShared ? [t("shared")] : []),
      ]}
    >
      <PostForm action={removePlaceAction}>
        <input type="hidden" name="id" value={id} />
        <Button kind="inline" aria-describedby={entryWords(titleId)}>
          {t("remove")}
        </Button>
      </PostForm>
      <Disclosure summary={t("rename")} open={rename.isRefused} describedBy={entryWords(titleId)}>
        <PostForm action={renamePlaceAction} className="grid gap-4">
          <input type="hidden" name="id" value={id} />
          <Field
            {...rename.field("name")}
            label={t("name")}
            hint={t("nameHint")}
            defaultValue={rename.value("name") ?? name ?? ""}
            autoComplete="off"
          />
          <div>
            <Button kind="inline" aria-describedby={entryWords(titleId)}>
              {t("saveName")}
            </Button>
          </div>
        </PostForm>
      </Disclosure>
    </Entry>
  );
}
