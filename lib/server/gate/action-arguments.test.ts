import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";

const boundary = "----border";
const multipart = { "content-type": `multipart/form-data; boundary=${boundary}` };
const id = `40${"a".repeat(40)}`;

let gate: GateUnderTest;
const reached: unknown[] = [];

beforeAll(async () => {
  gate = await startGate(async (req, res) => {
    reached.push(req.headers["next-action"]);
    req.resume();
    res.end("done");
  });
});
afterAll(() => gate.stop());
beforeEach(() => {
  reached.length = 0;
});

const form = (fields: [name: string, value: string][]) =>
  `${fields
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join("")}--${boundary}--\r\n`;

test.each([
  ["a form with its arguments", multipart, form([["0", '["$K1"]']])],
  ["a form with another action", multipart, form([["0", '["$F1"]']])],
  ["a form of no action's", multipart, form([["email", "x"]])],
  ["a plain form", urlencoded, "0=%5B%22a%22%5D"],
])("%s is never one for the action that a header names", async (_, type, body) => {
  const headers = { ...type, "next-action": id };
  expect((await gate.send("POST", "/login", headers, body)).status).toBe(200);
  expect(reached).toEqual([undefined]);
});

test("a text is 415, whatever a header names", async () => {
  const headers = { "content-type": "text/plain;charset=UTF-8", "next-action": id };
  expect((await gate.send("POST", "/login", headers, '["a"]')).status).toBe(415);
  expect(reached).toEqual([]);
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
    expect(reached).toEqual([]);
  });

  test("is what every page of ours writes", async () => {
    const fields: [string, string][] = [
      [`$ACTION_ID_${id}`, ""],
      ["email", "$ACTION_REF_1"],
    ];
    expect((await gate.send("POST", "/login", multipart, form(fields))).status).toBe(200);
  });
});
