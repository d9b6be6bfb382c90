import { expect, test } from "vitest";
import { isErrorOn } from "@/lib/forms/is-error-on";
import { type Notice, noticeSchema } from "@/lib/forms/notice-schema";

const email = "ana@example.com";
const moment = "2026-11-29T10:00:00.000Z";
const none = { values: {}, errors: {} };
const block = { maskedEmail: "a•••@example.com", ip: "192.0.2.1", since: moment, until: moment };
const blocked = {
  kind: "blocked",
  ...block,
  reference: "K7QM-2PX",
  because: "wrong-codes",
} as const;

// Each notice, the pages that say by it what is wrong, and one that does not.
const table: [Notice, string[], string][] = [
  [{ kind: "login-invalid", email, errors: {} }, ["/login"], "/signup"],
  [{ kind: "wrong-password", email }, ["/login"], "/signup"],
  [{ kind: "too-many-passwords", email, until: moment }, ["/login"], "/verify"],
  [{ ...blocked, purpose: "sign-in" }, ["/login"], "/verify"],
  [{ ...blocked, purpose: "sign-up" }, ["/signup"], "/verify"],
  [{ kind: "wait", email, codes: 5, until: null, asked: "codes" }, ["/login"], "/verify"],
  [{ kind: "password-off", email, since: moment, because: "case" }, ["/login"], "/account"],
  [
    { kind: "passkey-refused", page: "/verify", because: "wrong", unknownKey: null },
    ["/verify"],
    "/login",
  ],
  [{ kind: "no-pending" }, ["/login"], "/verify"],
  [{ kind: "address-taken" }, ["/login"], "/signup"],
  [{ kind: "signed-out" }, [], "/login"],
  [{ kind: "not-signed-out" }, ["/login"], "/account"],
  [{ kind: "password-reset" }, [], "/login"],
  [{ kind: "not-a-code", empty: true }, ["/verify", "/account/confirm"], "/login"],
  [{ kind: "wrong-code", attemptsLeft: 2 }, ["/verify", "/account/confirm"], "/login"],
  [{ kind: "newer-sign-in" }, ["/verify", "/account/confirm"], "/login"],
  [{ kind: "network-changed", ip: null }, ["/verify"], "/account/confirm"],
  [{ kind: "code-sent", to: [] }, [], "/verify"],
  [{ kind: "new-code-sent" }, [], "/verify"],
  [{ kind: "pass-over" }, ["/verify"], "/account"],
  [{ kind: "resend-too-early", from: moment }, [], "/verify"],
  [{ kind: "resend-too-often", from: moment }, ["/verify", "/account/confirm"], "/login"],
  [{ kind: "entered", place: "known" }, [], "/account"],
  [{ kind: "signup-invalid", name: "", email, errors: {} }, ["/signup"], "/login"],
  [
    { kind: "signup-too-many", of: "network", name: "", email, until: moment },
    ["/signup"],
    "/login",
  ],
  [{ kind: "forgot-invalid", email, error: "emailInvalid" }, ["/forgot-password"], "/login"],
  [{ kind: "reset-asked", email }, [], "/forgot-password"],
  [{ kind: "reset-invalid", error: "passwordCommon" }, ["/reset-password"], "/login"],
  [{ kind: "change-invalid", elsewhere: true, errors: {} }, ["/account/password"], "/account"],
  [{ kind: "change-too-many", elsewhere: true, until: moment }, ["/account/password"], "/account"],
  [{ kind: "password-changed", elsewhere: true }, [], "/account"],
  [
    { kind: "form-refused", form: "details", ...none, page: "/account/contact" },
    ["/account/contact"],
    "/account",
  ],
  [{ kind: "over", page: "/verify" }, ["/verify"], "/login"],
  [{ kind: "done", what: "details-saved", values: {} }, [], "/account/contact"],
  [{ kind: "unavailable", page: "/recover" }, ["/recover"], "/help"],
];

test.each(table)("%j is an error on %j and not on %s", (notice, pages, elsewhere) => {
  expect(noticeSchema.parse(notice)).toEqual(notice);
  for (const page of pages) expect(isErrorOn(page, notice), page).toBe(true);
  expect(isErrorOn(elsewhere, notice), elsewhere).toBe(false);
});

test("no kind of notice is missing above", () => {
  const kinds = noticeSchema.options.map(({ shape }) => shape.kind.value);
  expect(new Set(table.map(([{ kind }]) => kind))).toEqual(new Set(kinds));
});

test("a notice that does not say for which page it was left makes none an error", () => {
  expect(isErrorOn("/account/contact", { kind: "form-refused", form: "details", ...none })).toBe(
    false,
  );
});
