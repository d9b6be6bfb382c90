import type { SharedWords } from "@/emails/mail-view";
import type { Locale } from "@/lib/i18n/locales";
import { copyLine } from "@/lib/mail/edited/copy-line";
import { type MailKind, rowOf } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import type { TemplateName } from "@/lib/mail/templates";
import type { Inline, MailDocument, PanelName, Piece } from "@/lib/mail-document/document";

/** The words of a kind and what makes pieces of them. */
type Writing = {
  kind: MailKind;
  /** One of the kind's own sentences. */
  own(name: string): string;
  shared: SharedWords;
  title(words: string): Piece;
  section(words: string): Piece;
  say(words: string): Piece;
  stress(words: string): Piece;
  button(words: string, variable: string): Piece;
};

const panel = (name: PanelName): Piece => ({ type: "panel", panel: name });

function writingOf(kind: MailKind, locale: Locale): Writing {
  const words: Record<string, string> = mailCopy[locale][kind];
  const line = (text: string) => copyLine(text, kind, locale);
  const heading =
    (level: 1 | 2) =>
    (text: string): Piece => ({
      type: "heading",
      level,
      content: line(text),
    });
  const bold = (inline: Inline): Inline => ("break" in inline ? inline : { ...inline, bold: true });
  return {
    kind,
    own(name) {
      const sentence = words[name];
      if (sentence === undefined) throw new Error(`The words of ${kind} have no "${name}".`);
      return sentence;
    },
    shared: mailCopy[locale].shared,
    title: heading(1),
    section: heading(2),
    say: (text) => ({ type: "paragraph", content: line(text) }),
    stress: (text) => ({ type: "paragraph", content: line(text).map(bold) }),
    button: (text, variable) => ({ type: "button", label: line(text), link: { variable } }),
  };
}

const opening = ({ own, title, say }: Writing): Piece[] => [
  title(own("title")),
  say(own("whatHappened")),
];

const details = ({ section, shared }: Writing): Piece[] => [
  section(shared.detailsTitle),
  panel("facts"),
];

/** A mail that says what happened, and what follows if it was the reader. */
const notice = (writing: Writing): Piece[] => [
  ...opening(writing),
  writing.stress(writing.own("ifYou")),
  ...details(writing),
];

const codeMail = ({ own, shared, section, say, stress }: Writing): Piece[] => [
  panel("code"),
  stress(own("validity")),
  say(own("whatToDo")),
  section(shared.detailsTitle),
  say(own("whatHappened")),
  panel("facts"),
  say(own("anywhere")),
  say(own("neverShare")),
];

const linkMail = (writing: Writing): Piece[] => {
  const { own, say, stress, button } = writing;
  return [
    ...opening(writing),
    say(own("whatToDo")),
    button(own("link"), "link"),
    stress(own("validity")),
    say(own("afterwards")),
    ...details(writing),
  ];
};

/** What the templates of `emails/` say before their ending, as documents do. */
const written: { [Template in TemplateName]: (writing: Writing) => Piece[] } = {
  "sign-in-code": codeMail,
  "widening-code": codeMail,
  "sign-up-code": codeMail,
  "password-reset": linkMail,
  "confirm-address": linkMail,
  "confirm-email-change": linkMail,
  "place-trusted": notice,
  "password-changed": notice,
  "account-changed": (writing) => [
    ...opening(writing),
    writing.stress(writing.own("followsFrom")),
    ...(rowOf(writing.kind).variant === "leads-back"
      ? [writing.button(writing.shared.setNewPasswordLink, "forgot-password-page")]
      : []),
    writing.section(writing.shared.changeDetailsTitle),
    panel("facts"),
  ],
  "account-closed": (writing) => [
    ...opening(writing),
    writing.say(writing.own("followsFromThis")),
    ...details(writing),
  ],
  "already-have-account": (writing) => [
    ...opening(writing),
    writing.say(writing.own("whatToDo")),
    writing.button(writing.shared.signInLink, "sign-in-page"),
    writing.button(writing.shared.forgotPasswordLink, "forgot-password-page"),
    ...details(writing),
  ],
  "case-for-applicant": (writing) => [
    ...opening(writing),
    writing.stress(writing.own("whatNext")),
    panel("message"),
    writing.button(writing.shared.caseStatusLink, "link"),
    writing.section(writing.shared.caseDetailsTitle),
    panel("facts"),
  ],
  "case-for-owner": (writing) => [
    ...opening(writing),
    writing.stress(writing.own("whatNext")),
    panel("message"),
    ...(rowOf(writing.kind).carries === null
      ? []
      : [
          writing.say(writing.shared.objectWhat),
          writing.button(writing.shared.objectLink, "link"),
        ]),
    writing.section(writing.shared.caseDetailsTitle),
    panel("facts"),
  ],
  "more-notices": (writing) => [
    ...opening(writing),
    writing.stress(writing.own("whatNow")),
    writing.section(writing.own("listTitle")),
    panel("happened"),
    writing.section(writing.own("latestTitle")),
    panel("facts"),
  ],
  "new-browser": (writing) => [
    ...opening(writing),
    writing.say(writing.own("ifYou")),
    ...details(writing),
  ],
  "sign-in-blocked": (writing) => [
    ...opening(writing),
    writing.say(writing.own("elsewhere")),
    writing.stress(writing.own("ifYou")),
    ...details(writing),
    writing.say(writing.own("reference")),
  ],
  "someone-knows-your-password": (writing) => [
    ...opening(writing),
    writing.stress("{wait}"),
    writing.say(writing.own("elsewhere")),
    writing.section(writing.own("detailsTitle")),
    panel("facts"),
  ],
  "staff-notice": (writing) => [
    ...opening(writing),
    writing.stress(writing.own("nowThat")),
    writing.section(writing.shared.staffDetailsTitle),
    panel("facts"),
  ],
  "studio-notice": (writing) => [
    ...opening(writing),
    writing.stress(writing.own("inStudio")),
    writing.section(writing.shared.studioDetailsTitle),
    panel("facts"),
  ],
};

const previewLines: { [Template in TemplateName]?: keyof SharedWords } = {
  "account-changed": "changePreheader",
  "more-notices": "changePreheader",
  "staff-notice": "staffPreheader",
};

/**
 * The built-in text of a kind of mail as a document, which its editors begin with. It is that of the
 * mail's usual shape; `served.ts` names the others.
 */
export function builtInDocument(kind: MailKind, locale: Locale): MailDocument {
  const writing = writingOf(kind, locale);
  const { template } = rowOf(kind);
  const shared = previewLines[template];
  const line = (text: string) => copyLine(text, kind, locale);
  return {
    subject: line(writing.own("subject")),
    previewLine: line(shared === undefined ? writing.own("preheader") : writing.shared[shared]),
    pieces: written[template](writing),
  };
}
