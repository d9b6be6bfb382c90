import { expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { formDesk, isFormStale } from "@/lib/forms/form-desk";
import { returnedBy, typedIntoThisForm } from "@/lib/forms/returned-form";
import { formBody } from "@/lib/log/form-body";
import { type RequestContext, runForRequest } from "@/lib/log/request-context";
import { seal } from "@/lib/secrets/secrets";
import { tableForTests } from "@/lib/testing/form-table";

process.env.AUTH_SECRET ||= "a secret for tests of 32 characters or more";
resetEnvironment();

async function contextOf(fields: Record<string, string>, formName?: string) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("document", new Blob(["a file"]), "id.pdf");
  const sent = new Response(form);
  const context: RequestContext = {
    ...{ requestId: "x", token: "x", clientIp: null, forwarded: false, nonce: "x" },
    ...{ databaseDown: true, reached: true, formName },
    form: formBody(sent.headers.get("content-type") ?? "", Buffer.from(await sent.arrayBuffer())),
  };
  return context;
}

const typedInto = async (fields: Record<string, string>, formName?: string) =>
  runForRequest(await contextOf(fields, formName), typedIntoThisForm);

const noticeWith = (returned: unknown) => seal("notice", { kind: "unavailable", returned });

test("what was typed goes along with the notice, but no password, code, token or file", async () => {
  const typed = await typedInto(
    {
      ...{ id: "7", name: "Home", reason: "é".repeat(40) },
      ...{ password: "p4ss", currentPassword: "p4ss", newPassword: "p4ss", code: "123456" },
      ...{ token: "t0ken", pin: "1234", loaded: "1", $ACTION_ID_40: "" },
    },
    "rename",
  );
  expect(typed).toEqual({
    form: "rename",
    sent: [
      ["id", "7"],
      ["name", "Home"],
      ["reason", "é".repeat(40)],
    ],
  });
});

test("only the form's own page, and of several only the row it was about, shows it again", async () => {
  const typed = await typedInto({ id: "7", name: "Home" }, "rename");
  const desk = formDesk(tableForTests());
  const [rename, remove] = ["4004", "4005"];
  const hidden = (id: string) => new Map([["id", id]]);
  const context = { ...(await contextOf({})), returnedForm: returnedBy(noticeWith(typed)) };
  runForRequest(context, () => {
    expect(desk.typedInto(rename, hidden("7"))?.get("name")).toEqual(["Home"]);
    expect(desk.typedInto(rename, hidden("8"))).toBeNull();
    expect(desk.typedInto(remove, hidden("7"))).toBeNull();
    // The notice says what was wrong: not that the site was renewed.
    expect(isFormStale()).toBe(false);
  });
});

test.each([
  ["long", { story: "x".repeat(20_000), name: "Ana" }],
  ["of long signs", { story: "字".repeat(20_000), other: "字".repeat(3_000), name: "Ana" }],
  ["many", Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`field${n}`, "value"]))],
])("texts that are %s fit into a cookie, and short ones stay whole", async (_, fields) => {
  const typed = await typedInto(fields as Record<string, string>, "rename");
  const cookie = noticeWith(typed);
  expect(cookie.length).toBeLessThan(3_700);
  expect(returnedBy(cookie)).toBeDefined();
  if ("name" in fields) expect(returnedBy(cookie)?.sent).toContainEqual(["name", "Ana"]);
});

test.each([
  ["no notice", undefined],
  ["another notice", seal("notice", { kind: "signed-out" })],
  ["a notice without what was typed", seal("notice", { kind: "unavailable" })],
  ["somebody else's words", `${noticeWith({ form: "rename", sent: [] })}x`],
])("%s brings nothing back", (_, cookie) => {
  expect(returnedBy(cookie)).toBeUndefined();
});

test("without a form of ours there is nothing to bring back", async () => {
  expect(await typedInto({ name: "Ana" })).toBeNull();
});
