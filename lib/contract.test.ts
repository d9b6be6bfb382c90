import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadMessages } from "@/lib/i18n/load-messages";
import { settingsNames } from "@/lib/machine/settings-names.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const contract = readFileSync(join(root, "docs/contract.md"), "utf8");
const part = (title: string) =>
  contract.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? "";
const codes = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

const rows = `${part("Pages")}\n${part("Templates")}`
  .split("\n")
  .filter((line) => line.startsWith("| `/"))
  .map((line) => line.split("|").slice(1, -1));

/** The paths that pages and routes serve, without what stands in brackets. */
const served = readdirSync(join(root, "app"), { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
  .map((file) => `/${file.replace(/\/?[^/]+$/, "").replace(/\([^)]*\)\/?/g, "")}`);

test("each path of the contract is served", () => {
  const paths = rows.flatMap(([path = "", , then = ""]) => [...codes(path), ...codes(then)]);
  const written = paths
    .filter((path) => path.startsWith("/"))
    .map((path) => path.replace(/\?.*|\/…$/, "").replace(/<(\w+)>/g, "[$1]"));
  expect(written.length).toBeGreaterThan(15);
  // An article of the help is a page by its name; on health the server answers without Next
  // (lib/server/answer-health.ts).
  const others = ["/help/login-code", "/help/two-step", "/api/health"];
  const missing = written.filter((path) => ![...served, ...others].includes(path));
  expect(missing).toEqual([]);
  expect(existsSync(join(root, "lib/i18n/messages/en/helpTwoStep.json"))).toBe(true);
  expect(existsSync(join(root, "lib/i18n/messages/en/loginCode.json"))).toBe(true);
});

test("each field and button of the contract is named so in English", async () => {
  const names = new Set(textsOf(await loadMessages("en")));
  const promised = rows
    .flatMap(([, fields = ""]) => codes(fields))
    .filter((name) => /^[A-Z]/.test(name));
  expect(promised.length).toBeGreaterThan(20);
  expect(promised.filter((name) => !names.has(name))).toEqual([]);
});

function textsOf(tree: unknown): string[] {
  return typeof tree === "string" ? [tree] : Object.values(tree as object).flatMap(textsOf);
}

test("the contract names every setting, and none that is not known", () => {
  const named = codes(part("Settings")).filter((code) => /^[A-Z][A-Z\d_]+$/.test(code));
  expect([...new Set(named)].sort()).toEqual([...settingsNames].sort());
});
