import {
  addAddressAction,
  changeEmailAction,
  saveDetailsAction,
  setPhoneAction,
} from "@/app/account/contact/actions";
import { cameBack } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";

/** The parts of `/account/contact`, with their forms, and what is said of them afterwards. */
const sections = {
  email: {
    action: changeEmailAction,
    forms: ["change-email"],
    done: ["email-change-asked", "email-change-cancelled", "nothing-to-cancel"],
  },
  addresses: {
    action: addAddressAction,
    forms: ["add-address", "address"],
    done: [
      ...["address-asked", "address-removed", "address-already-removed"],
      ...["request-sent", "address-confirmed-already"],
    ],
  },
  phone: { action: setPhoneAction, forms: ["set-phone"], done: ["phone-set", "phone-unchanged"] },
  details: {
    action: saveDetailsAction,
    forms: ["details"],
    done: ["details-saved", "details-unchanged"],
  },
};

export type ContactSection = keyof typeof sections;

/** The one part of the page that is unfolded: what the last form was about; else the first. */
export function openSection(notice: Notice | null): ContactSection {
  const isLast = (section: ContactSection) => {
    const { action, forms, done } = sections[section];
    if (notice?.kind === "form-refused") return forms.includes(notice.form);
    if (notice?.kind === "done") return done.includes(notice.what);
    return cameBack(action);
  };
  return (Object.keys(sections) as ContactSection[]).find(isLast) ?? "email";
}
