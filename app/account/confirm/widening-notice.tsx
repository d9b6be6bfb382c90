import { Alert } from "@/components/alert";
import { Notice as Status } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

/** The forms of each page that ask for the password again: a notice stands for two minutes. */
const formsOf = {
  places: ["add-place"],
  sessions: ["trust-browser"],
  contact: ["add-address", "change-email", "set-phone"],
  data: ["export", "close"],
  twoStep: ["make-codes", "choose-asking", "add-passkey", "allow-passkey"],
  app: ["turn-on-app"],
  account: ["keep-second-step"],
  remove: ["remove-factor"],
} as const satisfies Record<string, readonly string[]>;

const doneOn = {
  places: ["place-added", "place-known", "wish-cancelled"],
  sessions: ["browser-trusted", "wish-cancelled"],
  contact: ["address-asked", "phone-set", "phone-unchanged", "wish-cancelled"],
  data: [],
  twoStep: ["wish-cancelled"],
  app: [],
  account: ["wish-cancelled"],
  remove: [],
} as const satisfies Record<string, readonly string[]>;

type WideningNoticeProps = {
  /** The page: what belongs to another one is not said here. */
  page: keyof typeof formsOf;
  notice: Notice | null;
  timeZone: string | null;
};

const includes = (list: readonly string[], one: string) => list.includes(one);

/**
 * What came of a request that widens access, for the page its form stands on: what was done, or why
 * it has to wait. What is wrong with a field is the form's own to say.
 */
export async function WideningNotice({ page, notice, timeZone }: WideningNoticeProps) {
  const t = await getTranslations("widening");
  if (notice?.kind === "done") {
    if (!includes(doneOn[page], notice.what)) return null;
    const { place = "", address = "", end = "" } = notice.values;
    switch (notice.what) {
      case "place-added":
      case "place-known":
        return <Status>{t(`done.${notice.what}`, { place })}</Status>;
      case "browser-trusted":
      case "wish-cancelled":
        return <Status>{t(`done.${notice.what}`)}</Status>;
      case "phone-set":
        return (
          <Status>{end === "" ? t("done.phone-removed") : t("done.phone-set", { end })}</Status>
        );
      case "phone-unchanged":
        return <Status>{t("done.phone-unchanged")}</Status>;
      case "address-asked":
        return <Status>{t("done.address-asked", { address })}</Status>;
      default:
        return null;
    }
  }
  if (notice?.kind !== "form-refused" || !includes(formsOf[page], notice.form)) return null;
  const { reason, until, reference = "" } = notice;
  const tags = await momentTags(new Date(until ?? 0), { timeZone });
  switch (reason) {
    case "tooMany":
    case "codesUsedUp":
      return <Alert title={t.rich(`errors.${reason}`, tags)} />;
    case "blocked":
      return <Alert title={t.rich("errors.blocked", { ...tags, reference })} />;
    case "passwordMustChange":
      return (
        <Alert title={t("errors.passwordMustChange")}>
          <p>
            <TextLink href="/account/password">{t("errors.changePassword")}</TextLink>
          </p>
        </Alert>
      );
    default:
      return null;
  }
}
