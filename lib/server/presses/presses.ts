import { pressPasskeySignIn } from "@/lib/server/presses/press-passkey";
import { pressSignIn } from "@/lib/server/presses/press-sign-in";
import {
  pressContinue,
  pressResend,
  pressSendForThisNetwork,
  pressVerify,
} from "@/lib/server/presses/press-verify";

/** What a form asks for, and the path it leads to. Cookies and notices are left on the way. */
export type PressStep = (form: FormData) => Promise<string>;

/**
 * The forms of the way in, by their names in lib/forms/registry.ts: the gate answers them itself, past the
 * framework (decision 0054).
 */
export const presses: Readonly<Record<string, PressStep>> = {
  "sign-in": pressSignIn,
  "passkey-sign-in": pressPasskeySignIn,
  verify: pressVerify,
  "verify-again": pressResend,
  "new-code-for-network": pressSendForThisNetwork,
  "continue-with-pass": pressContinue,
};
