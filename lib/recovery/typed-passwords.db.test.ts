import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { hashPassword, isPassword } from "@/lib/password/password-hash";
import { provePassword } from "@/lib/password/prove-password";
import { readPassword } from "@/lib/password/typed-credentials";
import { changePassword } from "@/lib/recovery/change-password";
import { resetPassword } from "@/lib/recovery/reset-password";
import { checkSignUpForm } from "@/lib/sign-up/check-sign-up-form";
import { joinByInvitation } from "@/lib/staff/join-by-invitation";
import { actorsPassword, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { invited } from "@/lib/testing/invitations";
import { askForLink, somewhere } from "@/lib/testing/reset-links";

testDatabase();

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

type Path = { takes: (password: string) => Promise<unknown> };

const signUp: Path = {
  takes: async (password) => {
    const form = new FormData();
    const fields = { name: "Ana Silva", email: "ana@example.com", password };
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    const checked = await checkSignUpForm(form);
    return checked.kind === "invalid" ? checked.errors.password : undefined;
  },
};

const reset: Path = {
  takes: async (password) => {
    const { session } = await makeActor();
    const token = await askForLink(session.account.email);
    const outcome = await resetPassword(token, password, somewhere());
    return outcome.kind === "invalid" ? outcome.error : undefined;
  },
};

const change: Path = {
  takes: async (newPassword) => {
    const { session, client, browserId } = await makeActor();
    const outcome = await changePassword({
      session,
      currentPassword: actorsPassword,
      newPassword,
      signOutElsewhere: false,
      client,
      browserId,
    });
    return outcome.kind === "invalid" ? outcome.errors.newPassword : undefined;
  },
};

const join: Path = {
  takes: async (password) => {
    const token = await invited(`${randomUUID()}@example.com`);
    const newcomer = { name: "Ana Silva", password, locale: "en" } as const;
    const outcome = await joinByInvitation(token, newcomer, somewhere());
    return outcome.kind === "invalid" ? outcome.errors.password : undefined;
  },
};

const paths = Object.entries({ signUp, reset, change, join });

test.each(paths)("%s judges a password in the form that it hashes", async (_, { takes }) => {
  for (const common of ["password1", "PASSWORD1", "iloveyou1"]) {
    expect(await takes(fullWidth(common))).toBe("passwordCommon");
  }
  expect(await takes("pass\u{1d430}ord1")).toBe("passwordCommon");
  expect(await takes("e\u0301".repeat(4))).toBe("passwordTooShort");
  expect(await takes("ﷺ".repeat(8))).toBe("passwordTooLong");
  expect(await takes(fullWidth("a long enough phrase"))).toBeUndefined();
});

test("the present password in another form is no new one", async () => {
  expect(await change.takes(fullWidth(actorsPassword).replaceAll(" ", "\u3000"))).toBe(
    "sameAsCurrent",
  );
});

test("a password typed in another form signs in and proves, wherever it is asked for", async () => {
  const actor = await makeActor();
  const typed = fullWidth(actorsPassword);
  expect(await provePassword(actor, typed)).toEqual({ kind: "right" });
  const { passwordHash } = await db.account.findUniqueOrThrow({
    where: { id: actor.session.accountId },
  });
  expect(await isPassword(passwordHash, readPassword(typed) ?? "")).toBe(true);
});

test("one that was counted as it was typed, before, still opens its account", async () => {
  for (const typed of ["ﷺ".repeat(100), "e\u0301".repeat(128)]) {
    expect(await isPassword(await hashPassword(typed), readPassword(typed) ?? "")).toBe(true);
  }
  expect(readPassword("x".repeat(129))).toBeNull();
  expect(readPassword("ﷺ".repeat(129))).toBeNull();
});
