import { expect, test } from "vitest";
import { formId, makeFormTable } from "@/lib/forms/form-table";
import { judgeForm, missingFields, queryOf } from "@/lib/forms/judge-form";
import {
  manifestForTests,
  registryForTests,
  shapesForTests,
  tableForTests,
} from "@/lib/testing/form-table";

const table = tableForTests();
const of = (name: string, version: number) => `$ACTION_ID_${formId(name, version)}`;
const take = (actionId: string) => ({ kind: "take", form: expect.objectContaining({ actionId }) });
const stale = (...forms: string[]) => ({ kind: "stale", forms });
const pass = { kind: "pass" };
const sent = (fields: string[]) => fields.map((field) => [field, "7"] as const);
const unknown = "$ACTION_ID_40112233445566778899aabbccddeeff0011223344";

test.each<[string, string, string[], unknown]>([
  ["the present version", "/login", [of("sign-in", 2), "email", "password"], take("4001")],
  ["an earlier version that is still taken", "/login", [of("sign-in", 1), "email"], take("4001")],
  ["a version that is gone", "/places/7", [of("rename", 1), "name"], stale("rename")],
  ["a version that is not there yet", "/login", [of("sign-in", 3), "email"], stale("sign-in")],
  ["a form that the site no longer has", "/login", [of("newsletter", 1)], stale("newsletter")],
  [
    "a form whose page moved",
    "/old-login",
    [of("sign-in", 2), "email"],
    { ...take("4001"), movedTo: "/login" },
  ],
  [
    "a form whose page moved, with a part of its own",
    "/place",
    [of("remove", 1), "id"],
    { ...take("4005"), movedTo: "/places/7" },
  ],
  [
    "a form that had another name",
    "/places/7",
    [of("forget-place", 1), "id", "reason"],
    { ...take("4005"), adds: { how: "for good" } },
  ],
  [
    "the same at a page that it moved from",
    "/place",
    [of("forget-place", 1), "id"],
    { ...take("4005"), movedTo: "/places/7", adds: { how: "for good" } },
  ],
  ["the same without that part", "/place", [of("remove", 1)], stale("remove")],
  ["a form at any page that has it", "/contact", [of("sign-out", 1)], take("0006")],
  ["a path with a slash at its end", "/login/", [of("sign-in", 2), "email"], take("4001")],
  ["a path with a part of its own", "/places/7", [of("remove", 1), "id"], take("4005")],
  ["a build's own id", "/login", ["$ACTION_ID_4001", "email"], stale("sign-in")],
  ["an unknown id with the fields of one", "/login", [unknown, "email"], stale("sign-in")],
  [
    "an unknown id with the fields of two",
    "/contact",
    [unknown, "email", "password"],
    stale("change-email", "add-address"),
  ],
  ["an unknown id with other fields too", "/places/7", [unknown, "name", "x"], stale("rename")],
  ["an unknown id with nothing", "/login", [unknown], stale()],
  ["an unknown id at a page without forms", "/help", [unknown, "email"], stale()],
  ["two ids", "/login", [of("sign-in", 2), of("sign-out", 1), "email"], stale("sign-in")],
  ["bound arguments", "/login", ["$ACTION_REF_1", "$ACTION_1:0", "email"], stale("sign-in")],
  ["no id, all fields", "/login", ["email", "password"], take("4001")],
  ["no id, one field", "/login", ["email"], take("4001")],
  ["no id, fields of nobody beside", "/login", ["email", "password", "csrf"], take("4001")],
  ["no id, fields of two of which one is meant", "/contact", ["email", "password"], take("4002")],
  ["no id, all fields of one and some of another", "/places/7", ["id"], take("4005")],
  ["no id, fields of one", "/places/7", ["name"], take("4004")],
  ["no id, no field of the only form", "/login", ["a"], take("4001")],
  ["no id, nothing, at the page of one button", "/account", [], take("0006")],
  ["no id, nothing, one of two forms asks for nothing", "/places/7", [], take("4005")],
  ["no id, nothing, both forms want something", "/contact", [], pass],
  ["no id at a page without forms", "/help", ["email"], pass],
  ["no id at another page of its action", "/contact/x", ["email"], pass],
])("%s", (_, path, fields, expected) => {
  expect(judgeForm(table, path, sent(fields))).toEqual(expected);
});

test("no id, fields of two forms of which none is meant, are left to Next", () => {
  const { "change-email": main, ...others } = registryForTests;
  const { isMain: _, ...plain } = main ?? registryForTests["sign-in"] ?? ({} as never);
  const without = makeFormTable(
    { ...others, "change-email": plain },
    shapesForTests,
    manifestForTests,
  );
  expect(judgeForm(without, "/contact", sent(["email", "password"]))).toEqual(pass);
});

test("an id has the length of Next's own, differs by name and version, and never changes", () => {
  expect(formId("sign-in", 1)).toMatch(/^[0-9a-f]{42}$/);
  expect(new Set([formId("a", 1), formId("a", 2), formId("b", 1)]).size).toBe(3);
  // Forms with it are open in browsers.
  expect(formId("sign-in", 1)).toBe("4a10c5a1d72f2c223eba11537f9014d340205e724a");
});

test("a form whose action moved to another file keeps its id", () => {
  const moved = makeFormTable(
    { remove: { action: "app/elsewhere/remove#removeIt", page: "/spots/[spot]", versions: [1] } },
    shapesForTests,
    {
      node: {
        "4099": {
          filename: "app/elsewhere/remove.ts",
          exportedName: "removeIt",
          workers: { "app/(group)/spots/[spot]/page": {} },
        },
      },
    },
  );
  expect(judgeForm(moved, "/spots/7", sent([of("remove", 1), "id"]))).toEqual(take("4099"));
});

test("a build without a form's action, or without it at the form's page, is reported at the start", () => {
  const { "4001": _, ...rest } = manifestForTests.node;
  const make = (node: typeof manifestForTests.node) => () =>
    makeFormTable(registryForTests, shapesForTests, { node });
  expect(make(rest)).toThrow("signInAction");
  const elsewhere = { ...manifestForTests.node["4001"], workers: { "app/signup/page": {} } };
  expect(make({ ...rest, "4001": elsewhere as never })).toThrow("at /login");
});

test.each(["../x", "a/b", "", "%2e%2e", ".", "é?"])(
  "a form leads to no page that it could not have come from: %j",
  (id) => {
    const verdict = judgeForm(table, "/place", [
      [of("remove", 1), ""],
      ["id", id],
    ]);
    expect(verdict).toEqual(stale("remove"));
  },
);

test("what a page has in its address comes out of the form's own fields, and nothing else", () => {
  const typed = [
    ["email", "a@b"],
    ["callbackUrl", "/help?a=b&c"],
  ] as const;
  expect(queryOf(table, "/login", typed)).toBe("callbackUrl=%2Fhelp%3Fa%3Db%26c");
  expect(queryOf(table, "/contact", typed)).toBe("");
});

test("what a form's address says is added where the form itself does not say it", () => {
  const named = (name: string) => {
    const form = table.forms.find((one) => one.name === name);
    if (form === undefined) throw new Error(name);
    return form;
  };
  const at = (path: string, query = "") => ({ path, query });
  expect(missingFields(named("remove"), at("/places/7"), [])).toEqual([["id", "7"]]);
  expect(missingFields(named("remove"), at("/places/7"), ["id"])).toEqual([]);
  expect(missingFields(named("sign-in"), at("/login", "callbackUrl=%2Fhelp"), ["email"])).toEqual([
    ["callbackUrl", "/help"],
  ]);
  expect(missingFields(named("sign-in"), at("/login", "callbackUrl=a"), ["callbackUrl"])).toEqual(
    [],
  );
  expect(missingFields(named("sign-out"), at("/contact", "id=7"), [])).toEqual([]);
});
