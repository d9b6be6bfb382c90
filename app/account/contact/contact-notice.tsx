import { WideningNotice } from "@/app/account/confirm/widening-notice";
import { contactForm, contactForms } from "@/app/account/contact/contact-forms";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { ContactPage } from "@/lib/contact/contact-page";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type ContactNoticeProps = { notice: Notice | null; page: ContactPage; timeZone: string | null };

/** What the last form on `/account/contact` led to. */
export async function ContactNotice({ notice, page, timeZone }: ContactNoticeProps) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const forms = await Promise.all(contactForms.map((form) => contactForm(notice, form)));
      const errors = forms.flatMap((form) => form.errors);
      if (errors.length > 0) {
        const title = (await getTranslations("common"))("problem");
        return <ErrorSummary title={title} errors={errors} />;
      }
      return notice.reason === "tooOften" ? (
        <Alert title={(await getTranslations("contact.errors"))("tooOften")} />
      ) : (
        <WideningNotice page="contact" notice={notice} timeZone={timeZone} />
      );
    }
    case "done":
      return (
        <>
          <WideningNotice page="contact" notice={notice} timeZone={timeZone} />
          <Done what={notice.what} values={notice.values} hours={page.numbers.hours} />
        </>
      );
    default:
      return null;
  }
}

type DoneProps = { what: string; values: Record<string, string>; hours: number };

async function Done({ what, values, hours }: DoneProps) {
  const t = await getTranslations("contact.done");
  const { address = "" } = values;
  switch (what) {
    case "email-change-asked":
      return <Status>{t(what, { address, hours })}</Status>;
    case "address-removed":
    case "request-sent":
      return <Status>{t(what, { address })}</Status>;
    case "email-change-cancelled":
    case "nothing-to-cancel":
    case "address-already-removed":
    case "address-confirmed-already":
    case "details-saved":
    case "details-unchanged":
      return <Status>{t(what)}</Status>;
    default:
      return null;
  }
}
