import { z } from "zod";
import {
  type ErrorOf,
  passkeyRefused,
  type ReasonOf,
  type RefusedFormName,
  refusedForms,
} from "@/lib/forms/refused-forms";
import { namedInput } from "@/lib/forms/returned-input";
import { typedInput } from "@/lib/forms/typed-input";

const moment = z.iso.datetime();
const typed = z.string().max(320);

// Why fields are not taken: keys of the messages by which their pages say so.
const ofName = z.enum(["nameMissing", "nameTooLong", "nameIsUrl", "nameInvalid"]);
const ofEmail = z.enum(["emailMissing", "emailInvalid", "emailTooLong"]);
const newPassword = [
  ...(["passwordMissing", "passwordTooShort", "passwordTooLong", "passwordCommon"] as const),
  ...(["passwordIsEmail", "passwordIsName"] as const),
] as const;
/** Why a passkey is not taken; refused-forms.ts says the same of those that are added. */
const ofPasskey = z.enum(passkeyRefused);
const forms = Object.values(refusedForms);

// What was typed, but for what is secret.
const typedWith = {
  /** Path of the page that says so. */
  page: z.string().max(320).optional(),
  /** Where it waits for the page. */
  input: namedInput.optional(),
  /** As much of it as the cookie holds, where it could wait nowhere. */
  returned: typedInput.optional(),
};

/** What may be said to a browser by the page after a form. */
export const noticeSchema = z.discriminatedUnion("kind", [
  // On /login
  z.object({
    kind: z.literal("login-invalid"),
    email: typed,
    errors: z.object({
      email: ofEmail.optional(),
      password: z.literal("passwordMissing").optional(),
    }),
  }),
  z.object({ kind: z.literal("wrong-password"), email: typed }),
  z.object({ kind: z.literal("too-many-passwords"), email: typed, until: moment }),
  z.object({
    kind: z.literal("blocked"),
    purpose: z.enum(["sign-in", "sign-up"]),
    maskedEmail: typed,
    ip: z.string().nullable(),
    since: moment,
    until: moment,
    reference: z.string(),
    because: z.enum([
      ...(["wrong-codes", "wrong-codes-in-browser"] as const),
      ...(["wrong-codes-in-trusted-browser", "not-me"] as const),
    ]),
    // What a blocked sign-up's form shows again.
    name: typed.optional(),
    email: typed.optional(),
  }),
  z.object({
    kind: z.literal("wait"),
    email: typed,
    codes: z.number(),
    until: moment.nullable(),
    // What was asked for too often; of versions before, codes.
    asked: z.enum(["codes", "factors", "factors-here", "factors-in-browser"]).default("codes"),
  }),
  z.object({
    kind: z.literal("password-off"),
    email: typed,
    since: moment,
    because: z.enum(["not-me", "support", "case"]),
  }),
  z.object({
    kind: z.literal("passkey-refused"),
    /** The page that asked for it. */
    page: z.enum(["/login", "/verify", "/account/confirm"]),
    because: ofPasskey,
    /** The id of a credential that nobody has: its browser may forget it. */
    unknownKey: z.string().max(1400).nullable(),
  }),
  z.object({ kind: z.literal("no-pending") }),
  z.object({ kind: z.literal("address-taken") }),
  z.object({ kind: z.literal("signed-out") }),
  z.object({ kind: z.literal("not-signed-out") }),
  z.object({ kind: z.literal("password-reset") }),
  // On /verify
  z.object({ kind: z.literal("not-a-code"), empty: z.boolean() }),
  z.object({ kind: z.literal("wrong-code"), attemptsLeft: z.number() }),
  z.object({ kind: z.literal("newer-sign-in") }),
  z.object({ kind: z.literal("network-changed"), ip: z.string().nullable() }),
  z.object({
    kind: z.literal("code-sent"),
    // The addresses that it was asked for, masked; none: the one that the page names.
    to: z.array(typed).max(20).default([]),
  }),
  z.object({ kind: z.literal("new-code-sent") }),
  z.object({ kind: z.literal("pass-over") }),
  z.object({ kind: z.literal("resend-too-early"), from: moment }),
  z.object({ kind: z.literal("resend-too-often"), from: moment }),
  // On whichever page comes after a sign-in
  z.object({
    kind: z.literal("entered"),
    /** What became of the place; null: nothing was asked for there. */
    place: z.enum(["known", "unknown", "always", "of-staff"]).nullable(),
    /** How many recovery codes are left, where that is few; left out or null: there is nothing to say. */
    recoveryCodesLeft: z.number().nullish(),
  }),
  // On /signup
  z.object({
    kind: z.literal("signup-invalid"),
    name: typed,
    email: typed,
    errors: z.object({
      name: ofName.optional(),
      email: ofEmail.optional(),
      password: z.enum(newPassword).optional(),
    }),
  }),
  z.object({
    kind: z.literal("signup-too-many"),
    of: z.enum(["network", "address", "everybody"]),
    name: typed,
    email: typed,
    until: moment,
  }),
  // On /forgot-password
  z.object({ kind: z.literal("forgot-invalid"), email: typed, error: ofEmail }),
  z.object({ kind: z.literal("reset-asked"), email: typed }),
  // On /reset-password
  z.object({ kind: z.literal("reset-invalid"), error: z.enum(newPassword) }),
  // On /account/password, and then on /account
  z.object({
    kind: z.literal("change-invalid"),
    elsewhere: z.boolean(),
    errors: z.object({
      currentPassword: z.enum(["currentMissing", "currentWrong"]).optional(),
      newPassword: z.enum([...newPassword, "sameAsCurrent"]).optional(),
    }),
  }),
  z.object({ kind: z.literal("change-too-many"), elsewhere: z.boolean(), until: moment }),
  z.object({ kind: z.literal("password-changed"), elsewhere: z.boolean() }),
  // In the customer area, and on the pages of mailed links: a form that was not taken, or what was done.
  z.object({
    kind: z.literal("form-refused"),
    form: z.enum(Object.keys(refusedForms) as RefusedFormName[]),
    /** What the form is about, and what its words name; for the page also what was typed. */
    values: z.record(z.string(), typed),
    /** By field. */
    errors: z.record(z.string(), z.enum(forms.flatMap(({ errors }): ErrorOf[] => [...errors]))),
    /** Why none of the fields is at fault, and until when. */
    reason: z.enum(forms.flatMap(({ reasons }): ReasonOf[] => [...reasons])).optional(),
    until: moment.optional(),
    reference: z.string().max(20).optional(),
    ...typedWith,
  }),
  z.object({
    kind: z.literal("done"),
    what: z.string().max(40),
    // Our own words' values: what an import did takes the most.
    values: z.record(z.string(), z.string().max(1200)),
  }),
  // Where what a form was about had ended: its page says what became of it.
  z.object({ kind: z.literal("over"), page: z.string().max(320) }),
  // Anywhere
  z.object({
    kind: z.literal("unavailable"),
    email: typed.optional(),
    name: typed.optional(),
    ...typedWith,
  }),
]);

/** What the page after a form says: the answer of one request, carried over its redirect. */
export type Notice = z.infer<typeof noticeSchema>;

/** A form that was not taken. */
export type RefusedNotice = Extract<Notice, { kind: "form-refused" }>;
