import { createHash } from "node:crypto";
import { isId } from "@/lib/typed/is-id";

/** What stands in keys for an address somebody typed: it may be anything, even a password. */
export function hashedAddress(email: string): string {
  return createHash("sha256").update(email).digest("hex").slice(0, 32);
}

/** How the subjects of counts and blocks begin that are not an account's id; for SQL too. */
export const subjectPrefixes = {
  signUp: "sign-up:",
  newAddress: "new-address:",
  widening: "widening:",
} as const;

/**
 * What is locked (lib/db/rules/lock-order.ts has their order), and what wrong codes count for. An
 * account's own subject is its id.
 */
export const subjects = {
  /** An address that gets an account of its own: nobody else does so at that moment. */
  signUp: (email: string) => `${subjectPrefixes.signUp}${email}`,
  /** An address that a case asks for. */
  newAddress: (email: string) => `${subjectPrefixes.newAddress}${email}`,
  /** What a signed-in customer confirms by a code; counted apart from sign-ins. */
  widening: (accountId: string) => `${subjectPrefixes.widening}${accountId}`,
  case: (id: string) => `case:${id}`,
  /** An address without an account that a case is about. */
  caseAbout: (email: string) => `case-about:${hashedAddress(email)}`,
  setting: (name: string) => `setting:${name}`,
  view: (staffId: string, accountId: string) => `view:${staffId}:${accountId}`,
  caseViewed: (staffId: string, caseId: string) => `case-viewed:${staffId}:${caseId}`,
  mailViewed: (staffId: string, mailId: string) => `mail-viewed:${staffId}:${mailId}`,
  proofViewed: (staffId: string, text: string) => `proof-viewed:${staffId}:${text}`,
  helpQuestion: (id: string) => `help-question:${id}`,
  helpQuestions: (article: string) => `help-questions:${article}`,
  returnedInput: (network: string) => `returned-input:${network}`,
  staffRoles: "staff-roles",
  texts: "texts",
  mailWatch: "mail-watch",
  canary: "canary",
  audit: "audit",
} as const;

/** The key of a count, and what it belongs to: counts of one subject are emptied together. */
export type CountKey = { key: string; subject: string };

const alone = (key: string): CountKey => ({ key, subject: key });

/** What is counted by the hour (lib/rate-limit). Networks are cidrs or "unknown". */
export const countKeys = {
  passwordsInBrowser: (email: string, accountId: string, browserId: string): CountKey => ({
    key: `password/browser/${accountId}/${browserId}`,
    subject: hashedAddress(email),
  }),
  passwordsForAccountFrom: (email: string, accountId: string, network: string): CountKey => ({
    key: `password/place/${accountId}/${network}`,
    subject: hashedAddress(email),
  }),
  passwordsFrom: (network: string): CountKey => ({
    key: `password/network/${network}`,
    subject: network,
  }),
  passwordsFor: (email: string): CountKey => ({
    key: `password/account/${hashedAddress(email)}`,
    subject: hashedAddress(email),
  }),
  wrongSaidFrom: (network: string): CountKey => ({
    key: `password/said/network/${network}`,
    subject: network,
  }),
  wrongSaidFor: (email: string): CountKey => ({
    key: `password/said/account/${hashedAddress(email)}`,
    subject: hashedAddress(email),
  }),
  signUpsFrom: (network: string): CountKey => ({
    key: `sign-up/network/${network}`,
    subject: network,
  }),
  signUps: () => alone("sign-up/everybody"),
  /** Of mails that ask whoever reads there to confirm something, by whichever accounts. */
  requestsTo: (email: string) => alone(`contact/address/${hashedAddress(email)}`),
  /** A subject of its own: a new password empties the account's counts, and this is not among them. */
  resetsFor: (email: string) => alone(`reset/address/${hashedAddress(email)}`),
  resetsFrom: (network: string) => alone(`reset/network/${network}`),
  /** Of everybody together, those with an account and those without apart. */
  resets: (hasAccount: boolean) =>
    alone(hasAccount ? "reset/everybody" : "reset/everybody-unknown"),
  draftsFrom: (network: string) => alone(`cases/network/${network}`),
  /** @param by `proven`: whoever asks has proven something; else their network */
  draftsFor: (email: string, by: "proven" | { network: string }): CountKey => {
    const subject = `cases/address/${hashedAddress(email)}`;
    return { key: `${subject}/${by === "proven" ? by : `typed/${by.network}`}`, subject };
  },
  caseLooksFrom: (network: string) => alone(`cases/look-up/${network}`),
  caseLooksFor: (reference: string) => alone(`cases/number/${reference}`),
  documentsFrom: (network: string) => alone(`cases/documents/${network}`),
  newAddressCodesFrom: (network: string) => alone(`cases/codes/${network}`),
  pinsOf: (accountId: string) => alone(`pin/${accountId}`),
  voicesFrom: (network: string) => alone(`help/voices/${network}`),
  questionsFrom: (network: string) => alone(`help/questions/${network}`),
  mailsAskedFrom: (network: string) => alone(`was-it-us/${network}`),
  passkeyCeremoniesFrom: (network: string) => alone(`passkeys/network/${network}`),
  /** @param id of the session, or of the pending sign-in, that they belong to */
  passkeyCeremoniesOf: (id: string) => alone(`passkeys/holder/${id}`),
  testMailsOf: (accountId: string) => alone(`templates/tests/${accountId}`),
} as const;

/** The subjects of an account's wrong codes and blocks. */
export function codeSubjectsOf(accountId: string): string[] {
  return [accountId, subjects.widening(accountId)];
}

/** The account that wrong codes and blocks of a subject are of; null: of none, such as a sign-up's. */
export function accountOfCodes(subject: string): string | null {
  const id = subject.replace(new RegExp(`^${subjectPrefixes.widening}`), "");
  return isId(id) ? id : null;
}

/**
 * Every subject by which wrong codes and hourly counts know an account: what is deleted with it.
 *
 * @param emails all addresses it has, or had and nobody else has now
 */
export function subjectsKnowing(account: { id: string; emails: string[] }): {
  codes: string[];
  counts: string[];
} {
  const { id, emails } = account;
  return {
    codes: [...codeSubjectsOf(id), ...emails.map(subjects.signUp)],
    counts: [
      countKeys.pinsOf(id).subject,
      countKeys.testMailsOf(id).subject,
      ...emails.flatMap((email) => [
        countKeys.passwordsFor(email).subject,
        countKeys.resetsFor(email).subject,
        countKeys.requestsTo(email).subject,
        countKeys.draftsFor(email, "proven").subject,
      ]),
    ],
  };
}
