import type { Notice } from "@/lib/forms/notice-schema";

const login = ["/login"];
const codes = ["/verify", "/account/confirm"];
const signUp = ["/signup"];

// On which pages each notice says what is wrong; "its own": on the one that it was left for.
const pagesOf: Record<Notice["kind"], readonly string[] | "its own"> = {
  "login-invalid": login,
  "wrong-password": login,
  "too-many-passwords": login,
  wait: login,
  "password-off": login,
  "no-pending": login,
  "address-taken": login,
  "not-signed-out": login,
  blocked: [...login, ...signUp],
  "not-a-code": codes,
  "wrong-code": codes,
  "newer-sign-in": codes,
  "resend-too-often": codes,
  "network-changed": ["/verify"],
  "pass-over": ["/verify"],
  "signup-invalid": signUp,
  "signup-too-many": signUp,
  "forgot-invalid": ["/forgot-password"],
  "reset-invalid": ["/reset-password"],
  "change-invalid": ["/account/password"],
  "change-too-many": ["/account/password"],
  "passkey-refused": "its own",
  "form-refused": "its own",
  over: "its own",
  unavailable: "its own",
  // These report what was done, or ask for nothing but patience.
  "signed-out": [],
  "password-reset": [],
  "code-sent": [],
  "new-code-sent": [],
  "resend-too-early": [],
  entered: [],
  "reset-asked": [],
  "password-changed": [],
  done: [],
};

/**
 * Whether a page says by this notice that a form was not taken. A notice outlives its page for a while:
 * the next one is not to be called an error for it.
 *
 * @param path of the page, decoded
 */
export function isErrorOn(path: string, notice: Notice): boolean {
  const pages = pagesOf[notice.kind];
  if (pages === "its own") return "page" in notice && notice.page === path;
  return pages.includes(path);
}
