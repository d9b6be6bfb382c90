import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";

const boundary = "----border";
const multipart = { "content-type": `multipart/form-data; boundary=${boundary}` };
const id = `40${"a".repeat(40)}`;

let gate: GateUnderTest;
let reached = 0;

beforeAll(async () => {
  gate = await startGate(async (req, res) => {
    reached += 1;
    req.resume();
    res.end("done");
  });
});
afterAll(() => gate.stop());
beforeEach(() => {
  reached = 0;
});

const form = (fields: [name: string, value: string][]) =>
  `${fields
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join("")}--${boundary}--\r\n`;

const byScript = { ...multipart, "next-action": id };

describe("an action named by a script is given a form, or the request is 400", () => {
  test.each<[string, [string, string][]]>([
    ["a text", [["0", '["a"]']]],
    ["a number", [["0", "[1]"]]],
    ["null", [["0", "[null]"]]],
    ["no argument", [["0", "[]"]]],
    ["no list", [["0", '"$K1"']]],
    ["an object", [["0", '[{"a":"b"}]']]],
    ["a date", [["0", '["$D2026-11-22T00:00:00Z"]']]],
    [
      "a promise",
      [
        ["0", '["$@1"]'],
        ["1", '"a"'],
      ],
    ],
    [
      "another action",
      [
        ["0", '["$F1"]'],
        ["1", `{"id":"${id}","bound":null}`],
      ],
    ],
    [
      "a map",
      [
        ["0", '["$Q1"]'],
        ["1", "[]"],
      ],
    ],
    ["a form that is none", [["0", '["$K"]']]],
    ["a form behind a name", [["0", '["$K1:a"]']]],
    [
      "a form and more",
      [
        ["0", '["$K1","a"]'],
        ["1_email", "x"],
      ],
    ],
    [
      "a form named twice",
      [
        ["0", '["$K1"]'],
        ["0", '["$K1"]'],
      ],
    ],
    ["no arguments at all", [["email", "x"]]],
    ["no JSON", [["0", "["]]],
  ])("%s", async (_, fields) => {
    expect((await gate.send("POST", "/login", byScript, form(fields))).status).toBe(400);
    expect(reached).toBe(0);
  });

  test.each([
    ["a plain form", urlencoded, "0=%5B%22a%22%5D"],
    [
      "a plain form in UTF-8",
      { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      '0=["a"]',
    ],
    ["a form without fields", urlencoded, ""],
  ])("%s", async (_, type, body) => {
    const headers = { ...type, "next-action": id, "content-length": String(body.length) };
    expect((await gate.send("POST", "/login", headers, body)).status).toBe(400);
    expect(reached).toBe(0);
  });

  test("a text is 415, as without an action", async () => {
    const headers = { "content-type": "text/plain;charset=UTF-8", "next-action": id };
    expect((await gate.send("POST", "/login", headers, '["a"]')).status).toBe(415);
  });

  test("a form is taken", async () => {
    const fields: [string, string][] = [
      ["1_email", "a@b"],
      ["0", '["$K1"]'],
    ];
    expect((await gate.send("POST", "/login", byScript, form(fields))).status).toBe(200);
  });
});

describe("an action named by a form's own field", () => {
  test.each<[string, [string, string][]]>([
    [
      "with arguments bound to it",
      [
        ["$ACTION_REF_1", ""],
        ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`],
        ["$ACTION_1:1", '["a"]'],
      ],
    ],
    ["by its arguments alone", [["$ACTION_1:0", "{}"]]],
    [
      "with the state of an earlier answer",
      [
        [`$ACTION_ID_${id}`, ""],
        ["$ACTION_KEY", "k"],
      ],
    ],
  ])("%s is 400: no page of ours writes that", async (_, fields) => {
    expect((await gate.send("POST", "/login", multipart, form(fields))).status).toBe(400);
    expect(reached).toBe(0);
  });

  test("is what every page of ours writes", async () => {
    const fields: [string, string][] = [
      [`$ACTION_ID_${id}`, ""],
      ["email", "$ACTION_REF_1"],
    ];
    expect((await gate.send("POST", "/login", multipart, form(fields))).status).toBe(200);
  });
});
