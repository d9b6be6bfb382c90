import { cookies } from "next/headers";
import { z } from "zod";
import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { returnedForm, typedIntoThisForm } from "@/lib/forms/returned-form";
import { seal, unseal } from "@/lib/secrets/secrets";

const moment = z.iso.datetime();
const typed = z.string().max(320);
const fieldErrors = z.record(z.string(), z.string());

const notice = z.discriminatedUnion("kind", [
  // On /login
  z.object({ kind: z.literal("login-invalid"), email: typed, errors: fieldErrors }),
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
    because: z.enum(["wrong-codes", "not-me"]),
    // What a blocked sign-up's form shows again.
    name: typed.optional(),
    email: typed.optional(),
  }),
  z.object({ kind: z.literal("wait"), email: typed, codes: z.number(), until: moment.nullable() }),
  z.object({
    kind: z.literal("password-off"),
    email: typed,
    since: moment,
    because: z.enum(["not-me", "support", "case"]),
  }),
  z.object({ kind: z.literal("no-pending") }),
  z.object({ kind: z.literal("address-taken") }),
  z.object({ kind: z.literal("signed-out") }),
  z.object({ kind: z.literal("not-signed-out") }),
  z.object({ kind: z.literal("password-reset") }),
  // On /verify
  z.object({ kind: z.literal("not-a-code"), empty: z.boolean(), trust: z.boolean().optional() }),
  z.object({
    kind: z.literal("wrong-code"),
    attemptsLeft: z.number(),
    trust: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("newer-sign-in") }),
  z.object({ kind: z.literal("network-changed"), ip: z.string().nullable() }),
  z.object({ kind: z.literal("code-sent") }),
  z.object({ kind: z.literal("new-code-sent") }),
  z.object({ kind: z.literal("pass-over") }),
  z.object({ kind: z.literal("resend-too-early"), from: moment }),
  z.object({ kind: z.literal("resend-too-often"), from: moment }),
  // On /signup
  z.object({ kind: z.literal("signup-invalid"), name: typed, email: typed, errors: fieldErrors }),
  z.object({
    kind: z.literal("signup-too-many"),
    of: z.enum(["network", "address"]),
    name: typed,
    email: typed,
    until: moment,
  }),
  // On /forgot-password
  z.object({ kind: z.literal("forgot-invalid"), email: typed, error: z.string() }),
  z.object({ kind: z.literal("reset-asked"), email: typed }),
  // On /reset-password
  z.object({ kind: z.literal("reset-invalid"), error: z.string() }),
  // On /account/password, and then on /account
  z.object({ kind: z.literal("change-invalid"), elsewhere: z.boolean(), errors: fieldErrors }),
  z.object({ kind: z.literal("change-too-many"), elsewhere: z.boolean(), until: moment }),
  z.object({ kind: z.literal("password-changed"), elsewhere: z.boolean() }),
  // In the customer area, and on the pages of mailed links: a form that was not taken, with what was
  // typed but for passwords, or what was done.
  z.object({
    kind: z.literal("form-refused"),
    // Such as "rename-" and the id of a row.
    form: z.string().max(60),
    values: z.record(z.string(), typed),
    errors: fieldErrors,
    /** Why none of the fields is at fault: a message's key, and until when. */
    reason: z.string().max(40).optional(),
    until: moment.optional(),
    reference: z.string().max(20).optional(),
  }),
  z.object({
    kind: z.literal("done"),
    what: z.string().max(40),
    values: z.record(z.string(), typed),
  }),
  // Anywhere
  z.object({
    kind: z.literal("unavailable"),
    email: typed.optional(),
    name: typed.optional(),
    // What else was typed, but for passwords and codes; the gate has the form filled in with it.
    returned: returnedForm.optional(),
  }),
]);

/** What the page after a form says: the answer of one request, carried over its redirect. */
export type Notice = z.infer<typeof notice>;

const purpose = "notice";

/** Leaves a notice for the next page. Signed, so that nobody else's words can stand there. */
export async function leaveNotice(what: Notice): Promise<void> {
  const returned = what.kind === "unavailable" ? await typedIntoThisForm() : null;
  (await cookies()).set(
    cookieName("notice"),
    seal(purpose, returned === null ? what : { ...what, returned }),
    cookieOptions(cookieSeconds.notice),
  );
}

/** Leaves the notice of a block, wherever it was met. */
export function leaveBlockNotice(
  block: Omit<Extract<Notice, { kind: "blocked" }>, "kind" | "since" | "until"> & {
    since: Date;
    until: Date;
  },
): Promise<void> {
  const [since, until] = [block.since.toISOString(), block.until.toISOString()];
  return leaveNotice({ ...block, kind: "blocked", since, until });
}

/** The notice left for this page, if any. */
export async function readNotice(): Promise<Notice | null> {
  const left = notice.safeParse(
    unseal(purpose, (await cookies()).get(cookieName("notice"))?.value),
  );
  return left.success ? left.data : null;
}

/** Takes the notice back, once a form went through. */
export async function clearNotice(): Promise<void> {
  (await cookies()).set(cookieName("notice"), "", cookieOptions(0));
}
