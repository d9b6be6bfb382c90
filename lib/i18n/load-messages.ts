import type { Locale } from "@/lib/i18n/locales";
import type account from "@/lib/i18n/messages/en/account.json";
import type common from "@/lib/i18n/messages/en/common.json";
import type errors from "@/lib/i18n/messages/en/errors.json";
import type help from "@/lib/i18n/messages/en/help.json";
import type login from "@/lib/i18n/messages/en/login.json";
import type loginCode from "@/lib/i18n/messages/en/loginCode.json";
import type mailbox from "@/lib/i18n/messages/en/mailbox.json";
import type password from "@/lib/i18n/messages/en/password.json";
import type signup from "@/lib/i18n/messages/en/signup.json";
import type verify from "@/lib/i18n/messages/en/verify.json";

/** All words of the pages, by namespace; one file each. English decides which keys exist. */
export type PageMessages = {
  account: typeof account;
  common: typeof common;
  errors: typeof errors;
  help: typeof help;
  login: typeof login;
  loginCode: typeof loginCode;
  mailbox: typeof mailbox;
  password: typeof password;
  signup: typeof signup;
  verify: typeof verify;
};

/** The message files of each language, without `.json`. */
export const namespaces = [
  "account",
  "common",
  "errors",
  "help",
  "login",
  "loginCode",
  "mailbox",
  "password",
  "signup",
  "verify",
] as const satisfies (keyof PageMessages)[];

const loaded = new Map<Locale, Promise<PageMessages>>();

async function readMessages(locale: Locale): Promise<PageMessages> {
  const files = await Promise.all(
    namespaces.map(async (name) => [
      name,
      (await import(`./messages/${locale}/${name}.json`)).default,
    ]),
  );
  return Object.fromEntries(files) as PageMessages;
}

/** The words of the pages in one language, read once per process. */
export function loadMessages(locale: Locale): Promise<PageMessages> {
  const known = loaded.get(locale) ?? readMessages(locale);
  loaded.set(locale, known);
  return known;
}
