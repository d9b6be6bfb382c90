import { expect, test } from "vitest";
import { readStaffArguments } from "@/lib/start/staff-arguments";

const read = (words: string) => readStaffArguments(words.split(" ").filter((word) => word !== ""));

function refusal(words: string | string[]): string {
  try {
    readStaffArguments(typeof words === "string" ? words.split(" ") : words);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : "";
  }
  return "nothing was refused";
}

test("an invitation names an address and a role of staff, in any order and way", () => {
  const invite = { kind: "invite", email: "ana@example.com", role: "admin" };
  expect(read("invite --email ana@example.com --role admin")).toEqual(invite);
  expect(read("--role=admin invite --email=Ana@Example.com")).toEqual(invite);
  for (const role of ["marketing", "support", "admin"]) {
    expect(read(`invite --email ana@example.com --role ${role}`)).toMatchObject({ role });
  }
});

test.each([
  ["r&d@example.com", "r&d@example.com"],
  ["info@почта.рф", "info@xn--80a1acny.xn--p1ai"],
  ["mailto:Ana@Example.com", "ana@example.com"],
  ["Ana Silva <Ana@Example.com>", "ana@example.com"],
  ['"Silva, Ana" <ana@почта.рф>', "ana@xn--80a1acny.xn--p1ai"],
])("the address %s is taken for %s", (typed, email) => {
  const words = ["invite", "--email", typed, "--role", "admin"];
  expect(readStaffArguments(words)).toMatchObject({ email });
});

test("a role can be any, also that of no staff", () => {
  for (const role of ["customer", "marketing", "support", "admin"]) {
    const expected = { kind: "role", email: "ana@example.com", role };
    expect(read(`role --email ana@example.com --role ${role}`)).toEqual(expected);
  }
});

test("lost factors are taken from an address", () => {
  const reset = { kind: "reset-factors", email: "ana@example.com" };
  expect(read("reset-factors --email Ana@Example.com")).toEqual(reset);
});

test("the list takes nothing else", () => {
  expect(read("list")).toEqual({ kind: "list" });
  expect(refusal("list --role admin")).toContain('"list" takes no further words');
});

test.each([
  ["", "is not a thing to do"],
  ["remove --email ana@example.com", '"remove" is not a thing to do'],
  ["invite", "--email must be given once"],
  ["invite --email ana@example.com", "--role must be given once"],
  ["invite --role admin", "--email must be given once"],
  [
    "invite --email ana@example.com --email eva@example.com --role admin",
    "--email must be given once",
  ],
  ["invite --email ana@example.com --role admin --role support", "--role must be given once"],
  ["invite --email ana --role admin", "--email must be an e-mail address"],
  ["invite --email= --role admin", "--email must be an e-mail address"],
  ["invite --email ana@example.com --role customer", "--role must be one of the roles"],
  ["invite --email ana@example.com --role Admin", "--role must be one of the roles"],
  ["reset-factors", "--email must be given once"],
  ["reset-factors ana@example.com", '"reset-factors" takes no further words'],
  ["reset-factors --email ana", "--email must be an e-mail address"],
  ["reset-factors --email ana@example.com --role admin", '"reset-factors" takes no --role'],
  ["role --email ana@example.com --role owner", "--role must be one of the roles"],
  ["invite --email ana@example.com --role admin --force", "Not all of these words are understood"],
  ["invite --role admin --email", "Not all of these words are understood"],
  ["invite ana@example.com admin", '"invite" takes no further words'],
])("wrong words are refused with what works: %s", (words, why) => {
  const sentence = refusal(words);
  expect(sentence).toContain("OperatorError: ");
  expect(sentence).toContain(why);
  expect(sentence).toContain("invite --email name@example.com --role marketing|support|admin");
  expect(sentence).toContain(
    "role --email name@example.com --role customer|marketing|support|admin",
  );
  expect(sentence).toContain("reset-factors --email name@example.com");
  expect(sentence).not.toContain("\n");
});

test("no words at all are answered what works too", () => {
  expect(refusal([])).toContain("It is not said what to do");
});
