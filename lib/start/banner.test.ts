import { expect, test } from "vitest";
import { readEnvironment } from "@/lib/env/env";
import { banner, type DemoPerson } from "@/lib/start/banner";

const linesOf = (...people: DemoPerson[]) =>
  banner(readEnvironment({}), people, { embedded: true, warnings: [] })
    .split("\n")
    .map((line) => line.trim());

const ana = { role: "customer", email: "ana@example.com", password: "secret" };
const key = "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP";
const adam = { role: "admin", email: "adam@example.com", password: "other", appKey: key };
const hint = /oathtool/;

test("the key of an app stands below whose it is, with one word on what to do with it", () => {
  const lines = linesOf(ana, adam, { ...adam, role: "support" });
  const at = lines.indexOf("Demo admin: adam@example.com, password other");
  expect(lines[at + 1]).toBe(`authenticator app key ${key}`);
  expect(lines.filter((line) => hint.test(line))).toHaveLength(1);
});

test("without apps none is spoken of, and one that was changed has no key", () => {
  expect(linesOf(ana).filter((line) => /app|oathtool/.test(line))).toEqual([]);
  const lines = linesOf({ ...adam, password: null, appKey: null });
  expect(lines).toContain("Demo admin: adam@example.com, password changed since");
  expect(lines).toContain("authenticator app changed since");
  expect(lines.filter((line) => hint.test(line))).toEqual([]);
});
