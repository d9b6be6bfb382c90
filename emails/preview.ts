import en from "@/emails/copy/en.json";
import type { MailKind, MailView } from "@/emails/mail-view";
import { previewAccents } from "@/emails/theme";

const values: Record<string, string> = {
  brand: "Portaria",
  code: "482913",
  duration: "10 minutes",
  until: "14:42 in Lisbon",
  wait: "New places can sign in again from 14:42 in Lisbon.",
  linkDays: "7 days",
  reference: "K7QM-2PX",
  cooling: "24 hours",
  staffHours: "12 hours",
  phone: "+351 21 555 0100",
  hours: "Mon–Fri 9:00–18:00",
  email: "help@portaria.example",
  what: "A place was added",
  count: "12",
  limit: "5",
  listed: "50",
  first: "14:02",
  last: "14:47, Lisbon time",
  mail: "A9KS4-QJSAP-XP67",
};

const fill = (text: string) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

function filled<Words extends Record<string, string>>(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words).map(([name, text]) => [name, fill(text)]),
  ) as Words;
}

/** The code shown in previews. */
export const previewCode = "482913";

/** A link shown in previews, by the page it leads to. */
export const previewLink = (page: string) =>
  `http://localhost:3000${page}?token=${"preview-".repeat(8)}`;

/** What a template is shown with in the preview of `npm run email`: the English copy, filled. */
export function previewOf<Kind extends MailKind>(kind: Kind): MailView<Kind> {
  const shared = filled(en.shared);
  return {
    locale: "en",
    brand: { name: "Portaria", logoUrl: null, ...previewAccents },
    words: filled(en[kind]),
    shared,
    variant: null,
    code: null,
    link: null,
    message: null,
    isBySupport: false,
    isOfStaff: false,
    facts: [
      { label: shared.accountLabel, value: "maria@example.com" },
      { label: shared.ipLabel, value: "203.0.113.42" },
      { label: shared.countryLabel, value: "Portugal" },
      { label: shared.browserLabel, value: "Chrome 156" },
      { label: shared.systemLabel, value: "Windows 11" },
      { label: shared.timeLabel, value: "22 November 2026 at 14:32, Lisbon time" },
    ],
    gathered: {
      happened: [
        {
          label: "14:02, Lisbon time",
          value: `${shared.placeNameLabel}: Home; 203.0.113.42; Chrome 156`,
        },
        {
          label: "14:47, Lisbon time",
          value: `${shared.placeNameLabel}: Office; 203.0.113.42; Chrome 156`,
        },
      ],
      isCut: true,
      isForAdmin: false,
    },
    links: {
      signIn: "http://localhost:3000/login",
      forgotPassword: "http://localhost:3000/forgot-password",
      changePassword: "http://localhost:3000/account/password",
      staff: "http://localhost:3000/support/staff",
      texts: "http://localhost:3000/templates",
      wasItUs: "http://localhost:3000/help/was-it-us",
      notMe: previewLink("/not-me"),
    },
    support: [shared.helpPhoneWithHours, shared.helpEmail],
    footer: [shared.footer],
    legal: [],
  };
}
