import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { codeOf, isCodeOf, presentSecretId } from "@/lib/secrets/code";

function withSecrets(...secrets: string[]) {
  process.env.AUTH_SECRET = secrets.map((secret) => secret.padEnd(32, ".")).join(",");
  resetEnvironment();
}

afterEach(() => withSecrets("only"));

test("a code is six digits, the same for the same challenge and another for another", () => {
  withSecrets("first");
  const challenge = { id: randomUUID(), secretId: presentSecretId() };
  expect(codeOf(challenge)).toMatch(/^\d{6}$/);
  expect(codeOf(challenge)).toBe(codeOf({ ...challenge }));
  const codes = new Set(
    Array.from({ length: 200 }, () => codeOf({ id: randomUUID(), secretId: presentSecretId() })),
  );
  expect(codes.size).toBeGreaterThan(190);
});

test("a mail sent again after a rotation of AUTH_SECRET holds the same code", () => {
  withSecrets("old");
  const challenge = { id: randomUUID(), secretId: presentSecretId() };
  const code = codeOf(challenge);
  withSecrets("new", "old");
  expect(codeOf(challenge)).toBe(code);
  expect(isCodeOf(challenge, code ?? "")).toBe(true);
});

test("without its secret a challenge has no code, and nothing typed is right", () => {
  withSecrets("old");
  const challenge = { id: randomUUID(), secretId: presentSecretId() };
  withSecrets("new");
  expect(codeOf(challenge)).toBeNull();
  expect(isCodeOf(challenge, "null")).toBe(false);
});
