import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { formBody } from "@/lib/log/form-body";
import { log } from "@/lib/log/log";
import { keepRequest, type RequestContext } from "@/lib/log/request-context";
import { type FailedRequest, logRequestError } from "@/lib/server/request-error";

const part = { routePath: "/account/contact", routeType: "action" };
let context: RequestContext;
let forget: () => void;
const lines: { level: string; fields: Record<string, unknown>; text: string }[] = [];

beforeEach(() => {
  lines.length = 0;
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(log, level).mockImplementation(((fields: Record<string, unknown>, text: string) => {
      lines.push({ level, fields, text });
    }) as never);
  }
  context = {
    ...{ requestId: "the-request", token: "its-token", clientIp: null, forwarded: false },
    ...{ databaseDown: false, reached: true },
  };
  forget = keepRequest(context);
});

afterEach(() => {
  forget();
  vi.restoreAllMocks();
});

const request = (path = "/account/contact", cookie?: string): FailedRequest => ({
  path,
  method: "POST",
  headers: { "x-portaria-request": context.token, cookie },
});

test("one line: the request's id, where it failed, the error's type and stack", async () => {
  const error = new TypeError("form.get is not a function");
  await logRequestError(error, request(), part);
  expect(lines).toMatchObject([
    {
      level: "error",
      fields: {
        requestId: "the-request",
        method: "POST",
        route: "/account/contact",
        kind: "action",
        err: { type: "TypeError", message: "form.get is not a function" },
      },
    },
  ]);
  const { stack } = (lines[0]?.fields.err ?? { stack: [] }) as { stack: string[] };
  expect(stack[0]).toMatch(/^ {4}at .*request-error\.test\.ts/);
});

test("reported twice, for each rendering it broke, it is one line still; another error is another", async () => {
  const error = Object.assign(new Error("broken"), { digest: "1" });
  await logRequestError(error, request(), part);
  await logRequestError(Object.assign(new Error("broken"), { digest: "1" }), request(), part);
  expect(lines).toHaveLength(1);
  await logRequestError(new Error("another"), request(), part);
  expect(lines).toHaveLength(2);
});

test("that the database is away is left to the gate's line, which learns where", async () => {
  const error = new Error("Connection terminated unexpectedly");
  await logRequestError(error, request(), part);
  expect(lines).toEqual([]);
  expect(context).toMatchObject({
    databaseDown: true,
    databaseFault: error,
    databaseFaultAt: { route: "/account/contact", kind: "action" },
  });
  await logRequestError(error, { ...request(), headers: {} }, part);
  expect(lines).toMatchObject([{ level: "error", fields: { route: "/account/contact" } }]);
});

test("of an unknown request, or what is no error, there is a line too", async () => {
  await logRequestError("a text", { ...request(), headers: {} }, part);
  await logRequestError(undefined, { ...request(), headers: {} }, part);
  expect(lines.map(({ fields }) => fields.err)).toEqual([
    { type: "string" },
    { type: "undefined" },
  ]);
  expect(lines[0]?.fields).not.toHaveProperty("requestId");
});

describe("nothing that the browser sent is in it, also where the error quotes it", () => {
  const secret = "p4ss phrase, of [some] $length";
  const quoting = () =>
    new Error(`Cannot read "${secret}"`, { cause: new Error(`from ${secret}`) });
  const multipart = (name: string) =>
    formBody(
      "multipart/form-data; boundary=b",
      Buffer.from(
        `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${secret}\r\n--b--\r\n`,
      ),
    );

  test.each<[string, () => FailedRequest]>([
    ["the query", () => request(`/x?token=${encodeURIComponent(secret)}`)],
    ["a cookie", () => request("/x", `a=b; portaria.session=${secret}`)],
    ["a cookie that comes twice", () => request("/x", `a=b; a=${secret}`)],
    ["a cookie without a name", () => request("/x", `a=b; ${secret}`)],
    [
      "a field of a form",
      () => {
        context.form = multipart("password");
        return request();
      },
    ],
    [
      "a field of a plain form",
      () => {
        const body = Buffer.from(new URLSearchParams({ password: secret }).toString());
        context.form = formBody("application/x-www-form-urlencoded", body);
        return request();
      },
    ],
    [
      "what is no form",
      () => {
        context.form = formBody("application/json", Buffer.from(secret));
        return request();
      },
    ],
  ])("%s", async (_, made) => {
    await logRequestError(quoting(), made(), part);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain("p4ss");
    expect(JSON.stringify(lines)).toContain("Cannot read");
  });
});
