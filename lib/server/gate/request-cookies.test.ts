import { expect, test } from "vitest";
import { RequestCookies } from "@/lib/server/gate/request-cookies";

const options = { httpOnly: true, sameSite: "lax", path: "/", secure: true } as const;

test.each([
  ["one that came", "a=1; b=2", "b", "2"],
  ["decoded", "zone=Europe%2FLisbon", "zone", "Europe/Lisbon"],
  ["what is no encoding, as it stands", "a=%E0%A4%A", "a", "%E0%A4%A"],
  ["empty", "a=", "a", ""],
  ["none", "a=1", "b", undefined],
  ["a name of every object", "a=1", "constructor", undefined],
  ["no cookies at all", undefined, "a", undefined],
])("reads %s", (_, header, name, value) => {
  expect(new RequestCookies(() => header).get(name)).toBe(value);
});

test("reads what the gate made of the header by then", () => {
  let header = "a=1";
  const cookies = new RequestCookies(() => header);
  header = "a=2";
  expect(cookies.get("a")).toBe("2");
});

test("what was set comes before what came, and goes out once, the last value of a name", () => {
  const cookies = new RequestCookies(() => "a=1; b=2");
  cookies.set("a", "x; y", options);
  cookies.set("b", "", { ...options, maxAge: 0 });
  cookies.set("a", "z; y", { ...options, secure: false, maxAge: 60 });
  expect(cookies.get("a")).toBe("z; y");
  expect(cookies.get("b")).toBe("");
  expect(cookies.take()).toEqual([
    "a=z%3B%20y; Max-Age=60; Path=/; HttpOnly; SameSite=Lax",
    "b=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
  ]);
  expect(cookies.take()).toEqual([]);
});
