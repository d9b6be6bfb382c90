import type { Locale } from "@/lib/i18n/locales";
import type account from "@/lib/i18n/messages/en/account.json";
import type activity from "@/lib/i18n/messages/en/activity.json";
import type acts from "@/lib/i18n/messages/en/acts.json";
import type audit from "@/lib/i18n/messages/en/audit.json";
import type closing from "@/lib/i18n/messages/en/closing.json";
import type common from "@/lib/i18n/messages/en/common.json";
import type confirmAddress from "@/lib/i18n/messages/en/confirmAddress.json";
import type contact from "@/lib/i18n/messages/en/contact.json";
import type entered from "@/lib/i18n/messages/en/entered.json";
import type errors from "@/lib/i18n/messages/en/errors.json";
import type figures from "@/lib/i18n/messages/en/figures.json";
import type help from "@/lib/i18n/messages/en/help.json";
import type helpBrokenInto from "@/lib/i18n/messages/en/helpBrokenInto.json";
import type helpClosing from "@/lib/i18n/messages/en/helpClosing.json";
import type helpEmail from "@/lib/i18n/messages/en/helpEmail.json";
import type helpFeedback from "@/lib/i18n/messages/en/helpFeedback.json";
import type helpLostAccess from "@/lib/i18n/messages/en/helpLostAccess.json";
import type helpPassword from "@/lib/i18n/messages/en/helpPassword.json";
import type helpPasswordOff from "@/lib/i18n/messages/en/helpPasswordOff.json";
import type helpPlaces from "@/lib/i18n/messages/en/helpPlaces.json";
import type helpTwoStep from "@/lib/i18n/messages/en/helpTwoStep.json";
import type history from "@/lib/i18n/messages/en/history.json";
import type letIn from "@/lib/i18n/messages/en/letIn.json";
import type login from "@/lib/i18n/messages/en/login.json";
import type loginCode from "@/lib/i18n/messages/en/loginCode.json";
import type mailbox from "@/lib/i18n/messages/en/mailbox.json";
import type notMe from "@/lib/i18n/messages/en/notMe.json";
import type outage from "@/lib/i18n/messages/en/outage.json";
import type passkeys from "@/lib/i18n/messages/en/passkeys.json";
import type password from "@/lib/i18n/messages/en/password.json";
import type places from "@/lib/i18n/messages/en/places.json";
import type recover from "@/lib/i18n/messages/en/recover.json";
import type security from "@/lib/i18n/messages/en/security.json";
import type sessions from "@/lib/i18n/messages/en/sessions.json";
import type signup from "@/lib/i18n/messages/en/signup.json";
import type staff from "@/lib/i18n/messages/en/staff.json";
import type status from "@/lib/i18n/messages/en/status.json";
import type support from "@/lib/i18n/messages/en/support.json";
import type supportCases from "@/lib/i18n/messages/en/supportCases.json";
import type supportDesk from "@/lib/i18n/messages/en/supportDesk.json";
import type templateEditor from "@/lib/i18n/messages/en/templateEditor.json";
import type templateFindings from "@/lib/i18n/messages/en/templateFindings.json";
import type templateHelp from "@/lib/i18n/messages/en/templateHelp.json";
import type templateKinds from "@/lib/i18n/messages/en/templateKinds.json";
import type templateProof from "@/lib/i18n/messages/en/templateProof.json";
import type templates from "@/lib/i18n/messages/en/templates.json";
import type templateVariables from "@/lib/i18n/messages/en/templateVariables.json";

import type twoStep from "@/lib/i18n/messages/en/twoStep.json";
import type verify from "@/lib/i18n/messages/en/verify.json";
import type wasItUs from "@/lib/i18n/messages/en/wasItUs.json";
import type widening from "@/lib/i18n/messages/en/widening.json";

type WordsOfActs<Where extends "activity" | "audit"> = {
  [Act in keyof typeof acts as (typeof acts)[Act] extends Record<Where, string>
    ? Act
    : never]: string;
};

/** All words of the pages, by namespace; one file each. English decides which keys exist. */
export type PageMessages = {
  account: typeof account;
  activity: typeof activity & { kind: WordsOfActs<"activity"> };
  acts: typeof acts;
  audit: typeof audit & { action: WordsOfActs<"audit"> };
  closing: typeof closing;
  common: typeof common;
  confirmAddress: typeof confirmAddress;
  contact: typeof contact;
  entered: typeof entered;
  errors: typeof errors;
  figures: typeof figures;
  help: typeof help;
  helpBrokenInto: typeof helpBrokenInto;
  helpClosing: typeof helpClosing;
  helpEmail: typeof helpEmail;
  helpFeedback: typeof helpFeedback;
  helpLostAccess: typeof helpLostAccess;
  helpPassword: typeof helpPassword;
  helpPasswordOff: typeof helpPasswordOff;
  helpPlaces: typeof helpPlaces;
  helpTwoStep: typeof helpTwoStep;
  history: typeof history;
  letIn: typeof letIn;
  login: typeof login;
  loginCode: typeof loginCode;
  mailbox: typeof mailbox;
  notMe: typeof notMe;
  outage: typeof outage;
  passkeys: typeof passkeys;
  password: typeof password;
  places: typeof places;
  recover: typeof recover;
  security: typeof security;
  sessions: typeof sessions;
  signup: typeof signup;
  staff: typeof staff;
  status: typeof status;
  support: typeof support;
  supportCases: typeof supportCases;
  supportDesk: typeof supportDesk;
  templates: typeof templates;
  templateFindings: typeof templateFindings;
  templateHelp: typeof templateHelp;
  templateKinds: typeof templateKinds;
  templateProof: typeof templateProof;
  templateVariables: typeof templateVariables;
  templateEditor: typeof templateEditor;
  twoStep: typeof twoStep;
  verify: typeof verify;
  wasItUs: typeof wasItUs;
  widening: typeof widening;
};

/** The message files of each language, without `.json`. */
export const namespaces = [
  "account",
  "activity",
  "acts",
  "audit",
  "closing",
  "common",
  "confirmAddress",
  "contact",
  "entered",
  "errors",
  "figures",
  "help",
  "helpBrokenInto",
  "helpClosing",
  "helpEmail",
  "helpFeedback",
  "helpLostAccess",
  "helpPassword",
  "helpPasswordOff",
  "helpPlaces",
  "helpTwoStep",
  "history",
  "letIn",
  "login",
  "loginCode",
  "mailbox",
  "notMe",
  "outage",
  "passkeys",
  "password",
  "places",
  "recover",
  "security",
  "sessions",
  "signup",
  "staff",
  "status",
  "support",
  "supportCases",
  "supportDesk",
  "templates",
  "templateFindings",
  "templateHelp",
  "templateKinds",
  "templateProof",
  "templateVariables",
  "templateEditor",
  "twoStep",
  "verify",
  "wasItUs",
  "widening",
] as const satisfies (keyof PageMessages)[];

const loaded = new Map<Locale, Promise<PageMessages>>();

async function readMessages(locale: Locale): Promise<PageMessages> {
  const files = await Promise.all(
    namespaces.map(async (name) => [
      name,
      (await import(`./messages/${locale}/${name}.json`)).default,
    ]),
  );
  return withWordsOfActs(Object.fromEntries(files));
}

/** What is said of support's acts among activities and in the audit log, out of each act's own words. */
function withWordsOfActs({ activity, audit, ...others }: PageMessages): PageMessages {
  const said = (section: "activity" | "audit") =>
    Object.entries(others.acts).flatMap(([act, words]) =>
      section in words ? [[act, (words as Record<string, unknown>)[section]]] : [],
    );
  const ofActivity = Object.fromEntries(said("activity"));
  const ofAudit = Object.fromEntries(said("audit"));
  return {
    ...others,
    activity: { ...activity, kind: { ...activity.kind, ...ofActivity } },
    audit: { ...audit, action: { ...audit.action, ...ofAudit } },
  };
}

/** The words of the pages in one language, read once per process. */
export function loadMessages(locale: Locale): Promise<PageMessages> {
  const known = loaded.get(locale) ?? readMessages(locale);
  loaded.set(locale, known);
  return known;
}
