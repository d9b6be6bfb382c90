import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Opener, openerNames, openers } from "@/lib/access/openers";
import type { Purpose } from "@/lib/challenge/rules/purposes";
import { type CookiePurpose, cookiePurposes } from "@/lib/cookies/cookies";
import { Prisma } from "@/lib/generated/prisma/client";
import type { LinkPurpose } from "@/lib/secrets/link-token";

/** The ways into an account that something is part of, or why it is part of none. */
type Class = readonly Opener[] | string;

const reviewed =
  "changes an account only after two of the staff have agreed; each act ends its cases";
const record = "says what happened; what it links to has a row of its own";
const public_ = "said of help articles, by nobody";
const machine = "about processes and providers";

const texts = "what mails say, which cannot let anybody in";

const tables: Record<Prisma.ModelName, Class> = {
  Account: ["password", "phone", "supportPin"],
  AuthenticatorApp: ["authenticatorApps"],
  Passkey: ["passkeys"],
  PasskeyCeremony: ["passkeys"],
  RecoveryCode: ["recoveryCodes"],
  Session: ["sessions"],
  TrustedBrowser: ["trustedBrowsers"],
  TrustedPlace: ["places"],
  SeenBrowser: ["seenBrowsers"],
  FurtherAddress: ["furtherAddresses"],
  EmailChange: ["emailChanges", "undoing"],
  AccountLink: ["notMeLinks", "furtherAddresses", "emailChanges"],
  Challenge: ["pendingCodes"],
  CallBack: ["pendingCodes"],
  PasswordReset: ["resetLinks"],
  StaffInvitation: "gives a role to the account of an address, and lets nobody into it",
  RecoveryCase: reviewed,
  CaseDocument: reviewed,
  CaseDecision: reviewed,
  CodeAttempts: "keeps people out",
  RateWindow: "keeps people out",
  Activity: record,
  SignInJudgement: record,
  Mail: record,
  MailChange: record,
  DeliveryReport: machine,
  MarkedAddress: "keeps mail from being sent",
  MailOutage: machine,
  CanaryRun: machine,
  MailboxMessage: record,
  NoticeWindow: record,
  AuditEntry: record,
  ReturnedInput:
    "what was typed into a form and refused; it is shown in the browser it was typed in",
  FormPress: "an answer is given again only while the session or the sign-in it began lives",
  HelpFeedback: public_,
  HelpRating: public_,
  HelpQuestion: public_,
  HelpTally: public_,
  FigureQuarter: "counts alone",
  TemplateVersion: texts,
  TemplatePart: record,
  TemplateDraft: texts,
  TemplateDraftAuthor: record,
  TemplateLook: texts,
  TemplateFallback: record,
  MailImage: texts,
  MailTally: "counts alone",
  MailPace: machine,
  RunningProcess: machine,
  Setting: "for the whole installation",
};

const cookies: Record<CookiePurpose, Class> = {
  session: ["sessions"],
  pending: ["pendingCodes"],
  "trusted-browser": ["trustedBrowsers"],
  browser: ["seenBrowsers"],
  "recovery-codes": "shows codes once, which the page does not if they are no account's any more",
  case: "opens the draft of a case, not its account",
  notice: "what the next page is to say",
  untrusted: "keeps a network from being trusted",
  csrf: "NextAuth's; proves a form, not a person",
  callback: "where to go once in",
  visit: "whether it is the first page of a visit",
  locale: "the language",
  "time-zone": "the time zone",
};

const columns: Record<Prisma.AccountScalarFieldEnum, Class> = {
  passwordHash: ["password"],
  passwordOffAt: ["password"],
  passwordOffBecause: ["password"],
  passwordChangedAt: ["password"],
  phone: ["phone"],
  phoneChangedAt: ["phone"],
  supportPinUses: ["supportPin"],
  email: "whose mailbox it is: an act that takes that away says to whom it goes",
  role: "what one may do once in",
  id: "says nothing",
  name: "says nothing",
  locale: "says nothing",
  timeZone: "says nothing",
  timeZoneFromBrowser: "says nothing",
  demo: "says nothing",
  isCanary: "says nothing: its password is made for each run and known to its job alone",
  createdAt: "says nothing",
  codesSinceRight: "keeps people out",
  accessVersion: "keeps people out",
  warnedAt: "when something was mailed",
  toldOfSignUpAt: "when something was mailed",
  tellOfNewBrowsers: "what is mailed",
  factorAlways: "keeps people out",
  factorsEndAt: "when a way in is taken away",
  factorsEndOf: "which way in is taken away",
  factorsCheckedAt: "what is asked once in",
  passkeyHandle: "names the account to its passkeys, and opens nothing without one",
  passkeyOfferedAt: "what is asked once in",
  closeAskedAt: "ends the account",
  closesAt: "ends the account",
};

const links: Record<LinkPurpose, Class> = {
  "password reset": ["resetLinks"],
  "not-me": ["notMeLinks"],
  "confirm-address": ["furtherAddresses"],
  "confirm-old-email": ["emailChanges"],
  "confirm-new-email": ["emailChanges"],
  "object-case": "stops a case",
  case: "opens the status of a case, not its account",
  "staff-invitation": tables.StaffInvitation,
};

const challenges: Record<Purpose, Class> = {
  "sign-in": ["pendingCodes"],
  widening: ["pendingCodes"],
  "new-address": reviewed,
  "sign-up": "makes an account; none is right where there is one",
};

const openersIn = (classes: Record<string, Class>) =>
  Object.values(classes).flatMap((one) => (typeof one === "string" ? [] : one));

test("every table and cookie opens an account in a way that is shut, or says why it does not", () => {
  expect(Object.keys(tables).sort()).toEqual(Object.keys(Prisma.ModelName).sort());
  expect(Object.keys(cookies).sort()).toEqual([...cookiePurposes].sort());
  expect(Object.keys(columns).sort()).toEqual(Object.keys(Prisma.AccountScalarFieldEnum).sort());
});

test("each way is shut in the tables and cookies that are part of it", () => {
  const of = (classes: Record<string, Class>, name: Opener) =>
    Object.keys(classes).filter((key) => openersIn({ [key]: classes[key] ?? "" }).includes(name));
  for (const name of openerNames) {
    expect({ name, tables: [...openers[name].tables].sort() }).toEqual({
      name,
      tables: of(tables, name).sort(),
    });
    expect({ name, cookies: openers[name].cookies }).toEqual({ name, cookies: of(cookies, name) });
  }
  for (const name of [...openersIn(columns), ...openersIn(links), ...openersIn(challenges)]) {
    expect(openerNames).toContain(name);
  }
});

function productFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : productFiles(path);
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$|^lib.testing/.test(path) ? [path] : [];
  });
}

/** Who else ends what opens an account, and which of it: never all of an account's. */
const endsSome: Record<string, string> = {
  "lib/account/session-store.ts": "one session, as its browser asks",
  "lib/sessions/store.ts": "one session, as its owner asks",
  "lib/sign-in/at-once-store.ts": "the session that the browser had before",
  "lib/sign-in/store.ts": "what is beyond the number an account may have",
  "lib/two-step/store.ts": "what its owner removes or makes anew, and what waited for it",
  "lib/trusted-browser/store.ts": "one browser, and the sessions of its copy",
  "lib/recovery/store.ts": "the link that is used",
  "lib/jobs/clean-up.ts": "what has ended by itself",
  "lib/account/change-store.ts": "the link that is used",
  "lib/cases/store.ts": "the links and codes of one case",
  "lib/challenge/challenge-store.ts": "one code, or those of a purpose at one network",
  "lib/let-in/store.ts": "the sign-ins that a third wrong number is typed for",
  "lib/passkeys/ceremony-store.ts": "one question to a browser, as it is answered",
  "lib/passkeys/passkey-store.ts": "nothing: it changes what one passkey is called and may do",
  "lib/closing/store.ts": "codes that its addresses asked for without it, once it is erased",
  "lib/factors/app-seals-store.ts": "nothing: keys of apps are sealed anew",
  "prisma/demo/app.ts": "an app of the demo staff that they do not have any more",
  "lib/factors/factors-store.ts": "one recovery code, or the step of an app, as it is used",
  "lib/contact/email-change-store.ts":
    "the change its owner takes back, or that a newer one replaces",
  "lib/contact/store.ts": "an address that was not confirmed, and the links to one",
  "lib/two-step/end-store.ts": "the very first factor, and what was added in its session",
  "lib/not-me/store.ts": "the address that a mail told of",
};

/** A table as Prisma's client calls it and as SQL does. */
const namesOf = (model: Prisma.ModelName) => [
  model.charAt(0).toLowerCase() + model.slice(1),
  model.replace(/(?<=[a-z])[A-Z]/g, (capital) => `_${capital}`).toLowerCase(),
];

test("nobody else lists what opens an account", () => {
  // An account is changed by whatever changes anything, and a call back ends with its sign-in.
  const whole = openerNames
    .flatMap((name) => [...openers[name].tables])
    .filter((model) => model !== "Account" && model !== "CallBack");
  const names = [...new Set(whole)].flatMap(namesOf).join("|");
  const ending = new RegExp(
    `\\.(${names})\\.(updateMany|deleteMany)|((UPDATE|DELETE FROM) "?|\\btable: ")(${names})\\b`,
    "i",
  );
  const found = ["app", "lib", "prisma"]
    .flatMap(productFiles)
    .filter((file) => !file.startsWith(join("lib", "access")))
    .filter((file) => ending.test(readFileSync(file, "utf8")));
  expect(found.sort()).toEqual(Object.keys(endsSome).sort());
});
