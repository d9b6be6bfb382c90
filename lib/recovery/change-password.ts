import { asCustomer } from "@/lib/account/as-signed-in";
import type { LiveSession } from "@/lib/account/session-store";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { log } from "@/lib/log/log";
import { checkNewPassword, type NewPasswordError } from "@/lib/password/check-new-password";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword } from "@/lib/password/password-hash";
import { typedPassword } from "@/lib/password/rules/typed-password";
import { setPassword } from "@/lib/recovery/set-password";

/** Why a field is not taken; each is a message's key. Only `currentWrong` costs an attempt. */
export type ChangeErrors = {
  currentPassword?: "currentMissing" | "currentWrong";
  newPassword?: NewPasswordError | "sameAsCurrent";
};

/** What becomes of a change of password. `too-many` is said before the current one is looked at. */
export type ChangeOutcome =
  | { kind: "changed" }
  | { kind: "invalid"; errors: ChangeErrors }
  | { kind: "too-many"; until: Date };

/** A change of password by a signed-in customer. */
export type ChangeRequest = {
  session: LiveSession;
  /** As typed, both. */
  currentPassword: string;
  newPassword: string;
  /** Ends every other session. */
  signOutElsewhere: boolean;
  client: Client;
  browserId: string;
};

/** Changes the password of a session's account; wrong current ones count like at a sign-in. */
export async function changePassword(request: ChangeRequest): Promise<ChangeOutcome> {
  const outcome = await judgeAndCarryOut(request);
  const { accountId } = request.session;
  const network = networkKeyOf(request.client);
  log.info({ accountId, network, outcome: outcome.kind }, "password change judged");
  return outcome;
}

const wrong = { kind: "invalid", errors: { currentPassword: "currentWrong" } } as const;

async function formErrors(request: ChangeRequest): Promise<ChangeErrors> {
  const { currentPassword, newPassword, session } = request;
  const error = await checkNewPassword(newPassword, session.account);
  const same =
    typedPassword(newPassword) === typedPassword(currentPassword) ? "sameAsCurrent" : undefined;
  const errors: ChangeErrors = {};
  if (currentPassword === "") errors.currentPassword = "currentMissing";
  if (error !== undefined || same !== undefined) errors.newPassword = error ?? same;
  return errors;
}

async function judgeAndCarryOut(request: ChangeRequest): Promise<ChangeOutcome> {
  const { session, client, browserId } = request;
  const { account } = session;
  const errors = await formErrors(request);
  if (Object.keys(errors).length > 0) return { kind: "invalid", errors };
  const checked = await checkPassword(account.email, request.currentPassword, client, browserId);
  if (checked.kind === "too-many") return checked;
  if (checked.kind === "wrong" || checked.passwordOff) return wrong;
  const passwordHash = await hashPassword(request.newPassword);
  const outcome = await asCustomer(request, async (tx, now): Promise<ChangeOutcome> => {
    const by = {
      kind: "session",
      sessionId: session.id,
      browserId,
      endsOthers: request.signOutElsewhere,
    } as const;
    await setPassword(tx, account, passwordHash, by, client, now);
    return { kind: "changed" };
  });
  // A reset that came first has ended this session, and with it what its password could do.
  return outcome.kind === "signed-out" ? wrong : outcome;
}
