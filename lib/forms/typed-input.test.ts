import { expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { formDesk, isFormStale } from "@/lib/forms/form-desk";
import {
  fitsInARow,
  fittedToCookie,
  INPUT_MAX_BYTES,
  typedIntoThisForm,
} from "@/lib/forms/typed-input";
import { formBody } from "@/lib/log/form-body";
import { type RequestContext, runForRequest } from "@/lib/log/request-context";
import { CHARACTERS_MOST } from "@/lib/mail-document/rules/limits";
import { seal } from "@/lib/secrets/secrets";
import { tableForTests } from "@/lib/testing/form-table";

process.env.AUTH_SECRET ||= "a secret for tests of 32 characters or more";
resetEnvironment();

async function contextOf(fields: Record<string, string>, formName?: string, file = "a file") {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("document", new Blob([file]), "id.pdf");
  const sent = new Response(form);
  const context: RequestContext = {
    ...{ requestId: "x", token: "x", clientIp: null, forwarded: false },
    ...{ databaseDown: true, reached: true, formName },
    form: formBody(sent.headers.get("content-type") ?? "", Buffer.from(await sent.arrayBuffer())),
  };
  return context;
}

const typedInto = async (fields: Record<string, string>, formName?: string) =>
  runForRequest(await contextOf(fields, formName), typedIntoThisForm);

const noticeWith = (returned: unknown) => seal("notice", { kind: "unavailable", returned });

test("what was typed is read whole, but no password, code, token, file or unknown field", async () => {
  const typed = await typedInto(
    {
      ...{ id: "7", name: "Home", reason: "é".repeat(4_000) },
      ...{ password: "p4ss", currentPassword: "p4ss", newPassword: "p4ss", code: "123456" },
      ...{ token: "t0ken", pin: "1234", loaded: "1", $ACTION_ID_40: "", recoveryKey: "k3y" },
    },
    "rename",
  );
  expect(typed).toEqual({
    form: "rename",
    sent: [
      ["id", "7"],
      ["name", "Home"],
      ["reason", "é".repeat(4_000)],
    ],
  });
});

test("only the form's own page, and of several only the row it was about, shows it again", async () => {
  const typed = await typedInto({ id: "7", name: "Home" }, "rename");
  const desk = formDesk(tableForTests());
  const [rename, remove] = ["4004", "4005"];
  const hidden = (id: string) => new Map([["id", id]]);
  const returnedForm = { forms: ["rename"], sent: typed?.sent ?? [] };
  runForRequest({ ...(await contextOf({})), returnedForm }, () => {
    expect(desk.typedInto(rename, hidden("7"))?.get("name")).toEqual(["Home"]);
    expect(desk.typedInto(rename, hidden("8"))).toBeNull();
    expect(desk.typedInto(remove, hidden("7"))).toBeNull();
    // The notice says what was wrong: not that the site was renewed.
    expect(isFormStale()).toBe(false);
  });
});

test.each([
  ["long", { story: "x".repeat(20_000), name: "Ana" }],
  ["of long characters", { story: "字".repeat(15_000), text: "字".repeat(3_000), name: "Ana" }],
])(
  "where no row can be written, texts that are %s fit into a cookie, and short ones stay whole",
  async (_, fields) => {
    const typed = await typedInto(fields as Record<string, string>, "rename");
    if (typed === null) throw new Error("Nothing was read.");
    const fitted = fittedToCookie(typed);
    expect(noticeWith(fitted).length).toBeLessThan(3_700);
    expect(fitted.sent).toContainEqual(["name", "Ana"]);
    expect(fields.story.startsWith(fitted.sent[0]?.[1] ?? "-")).toBe(true);
  },
);

test("many values fit into a cookie too", () => {
  const sent = Array.from({ length: 400 }, (): [string, string] => ["name", "value"]);
  expect(noticeWith(fittedToCookie({ form: "rename", sent })).length).toBeLessThan(3_700);
});

test("a mail's longest text is kept, and no byte more than that takes, as it is typed", () => {
  const of = (bytes: number) =>
    fitsInARow({ form: "", sent: [["text", "🔒".repeat(bytes / 4 - 1)]] });
  expect(of(INPUT_MAX_BYTES)).toBe(true);
  expect(of(INPUT_MAX_BYTES + 4)).toBe(false);
  const text = "\u6f22".repeat(CHARACTERS_MOST);
  expect(
    fitsInARow({
      form: "",
      sent: [
        ["text", text],
        ["note", "\u6f22".repeat(500)],
      ],
    }),
  ).toBe(true);
});

test("of a form with a document the texts are kept, and what cannot be read is none", async () => {
  const large = await contextOf({ story: "Once" }, "rename", "x".repeat(1024 * 1024));
  expect((await runForRequest(large, typedIntoThisForm))?.sent).toEqual([["story", "Once"]]);
  const broken = {
    ...large,
    form: formBody("multipart/form-data; boundary=x", Buffer.from("--x\r\n")),
  };
  expect((await runForRequest(broken, typedIntoThisForm))?.sent).toEqual([]);
});
