import type { SentAnswer } from "@/lib/passkeys/judge-new-passkey";
import { oneValue } from "@/lib/password/typed-credentials";

/** What a form says of a passkey: the script of its page wrote it there. */
export const sentAnswer = (form: FormData): SentAnswer => ({
  ceremony: oneValue(form, "ceremony") ?? "",
  text: oneValue(form, "passkey") ?? "",
});
