import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { readResetPage } from "@/lib/recovery/live-reset";
import { requestReset } from "@/lib/recovery/request-reset";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { recordingTransport } from "@/lib/testing/mails";
import { clientAt, makeAccount } from "@/lib/testing/people";

let claims: Claims;

const databaseUrl = testDatabase();

beforeEach(async () => {
  await db.mail.deleteMany();
  claims = openClaims(databaseUrl());
});

afterEach(() => claims.close());

async function deliverOnly() {
  const { id } = await db.mail.findFirstOrThrow();
  const { transport, tried } = recordingTransport();
  const outcome = await deliverMail(id, { claims, transport });
  const { state } = await db.mail.findUniqueOrThrow({ where: { id } });
  return { outcome, state, tried };
}

test("the link in the mail opens the page that sets the password", async () => {
  const { email } = await makeAccount();
  await requestReset(email, clientAt("203.0.113.50"));
  const { outcome, tried } = await deliverOnly();
  expect(outcome).toBe("sent");
  const [, token = ""] = /reset-password\?token=([\w-]+)$/m.exec(tried[0]?.text ?? "") ?? [];
  expect(tried[0]?.to).toBe(email);
  expect(await readResetPage(token)).not.toBeNull();
});

test("the mail of an address without an account is given to no transport", async () => {
  await requestReset("nobody-here@example.com", clientAt("203.0.113.51"));
  expect(await deliverOnly()).toEqual({ outcome: "dropped", state: "dropped", tried: [] });
});

test("a link that has ended meanwhile is not mailed", async () => {
  const { email } = await makeAccount();
  await requestReset(email, clientAt("203.0.113.52"));
  await db.passwordReset.updateMany({ data: { endedAt: new Date() } });
  expect(await deliverOnly()).toEqual({ outcome: "dropped", state: "dropped", tried: [] });
});
