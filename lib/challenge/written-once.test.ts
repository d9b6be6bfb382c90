import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The product's files of a folder, by their paths from the root. */
function productOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => !/\.test\.tsx?$|^lib\/(testing|generated)\//.test(file));
}

const source = (file: string) => readFileSync(join(root, file), "utf8");

const allowed: Record<string, string[]> = {
  // A pass of support ends a sign-in without its code.
  consumeChallenge: ["lib/sign-in/use-pass.ts"],
};

test.each([
  "judgeTry",
  "judgeCode",
  "judgeResend",
  "readTypedCode",
  "isCodeOf",
  "triesPart",
  "challengePart",
  "claimResend",
  "consumeChallenge",
  "usedParts",
])("%s is called where codes are judged, and by no step of its own accord", (name) => {
  const calls = new RegExp(`(?<!function )\\b${name}\\(`);
  const callers = [...productOf("lib"), ...productOf("app")].filter((file) =>
    calls.test(source(file)),
  );
  const elsewhere = callers.filter((file) => !file.startsWith("lib/challenge/"));
  expect(elsewhere).toEqual(allowed[name] ?? []);
  expect(callers).not.toEqual([]);
});

test("lib/challenge imports no folder that asks for codes", () => {
  const asks = /@\/lib\/(sign-up|cases|contact|widening|trusted-browser)\//;
  const broken = productOf("lib/challenge").filter((file) => asks.test(source(file)));
  expect(broken).toEqual([]);
});

test("lib/sign-up imports no step of lib/sign-in", () => {
  const steps =
    /@\/lib\/sign-in\/(sign-in|verify-code|resend-code|use-pass|move-to-network|pending)/;
  expect(productOf("lib/sign-up").filter((file) => steps.test(source(file)))).toEqual([]);
});
