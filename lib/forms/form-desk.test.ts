import { expect, test } from "vitest";
import { formDesk, isFormStale } from "@/lib/forms/form-desk";
import { type RequestContext, runForRequest } from "@/lib/log/request-context";
import { tableForTests } from "@/lib/testing/form-table";

const desk = formDesk(tableForTests());
const [rename, remove] = ["4004", "4005"];

function whileBack<T>(sent: [string, string][], ask: () => T): T {
  const context: RequestContext = {
    requestId: "id",
    token: "token",
    clientIp: null,
    forwarded: false,
    databaseDown: false,
    reached: true,
    staleForm: { forms: ["rename"], sent },
  };
  return runForRequest(context, ask);
}

const hidden = (id: string) => new Map([["id", id]]);

test("only the form that came back hears what was typed into it", () => {
  const sent: [string, string][] = [
    ["id", "7"],
    ["name", "Home"],
    ["name", "again"],
  ];
  whileBack(sent, () => {
    expect(isFormStale()).toBe(true);
    const typed = desk.typedInto(rename, hidden("7"));
    expect(typed?.get("name")).toEqual(["Home", "again"]);
    expect(desk.typedInto(rename, hidden("8"))).toBeNull();
    expect(desk.typedInto(rename, new Map())).not.toBeNull();
    expect(desk.typedInto(remove, hidden("7"))).toBeNull();
  });
});

test("a hidden field that changes with each page distinguishes no forms", () => {
  whileBack([["challenge", "old"]], () => {
    expect(desk.typedInto(rename, new Map([["challenge", "new"]]))).not.toBeNull();
  });
});

test("outside of such an answer no form hears anything", () => {
  expect(isFormStale()).toBe(false);
  expect(desk.typedInto(rename, hidden("7"))).toBeNull();
});
