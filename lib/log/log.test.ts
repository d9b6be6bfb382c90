import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { describeError, log } from "@/lib/log/log";
import { type RequestContext, runForRequest } from "@/lib/log/request-context";

const context: RequestContext = {
  requestId: "request-of-this-test",
  token: "t",
  clientIp: null,
  forwarded: false,
  databaseDown: false,
  reached: false,
};

/** What `write` puts on standard output. */
function written(write: () => void): string {
  const stream = (log as unknown as Record<symbol, { write: (line: string) => void }>)[
    Object.getOwnPropertySymbols(log).find((symbol) => symbol.description === "pino.stream") ??
      Symbol("none")
  ];
  if (!stream) throw new Error("pino keeps its stream elsewhere");
  const spy = vi.spyOn(stream, "write").mockImplementation(() => {});
  write();
  return spy.mock.calls.flat().join("");
}

beforeAll(() => {
  log.level = "info";
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("no secret is ever logged", () => {
  it.each([
    "code",
    "password",
    "currentPassword",
    "new_password",
    "Cookie",
    "set-cookie",
    "Authorization",
    "token",
    "csrfToken",
    "AUTH_SECRET",
    "apiKey",
    "headers",
    "body",
  ])("in a field named %s, at any depth", (name) => {
    const line = written(() => log.info({ [name]: "s3cret", a: [{ b: { [name]: "s3cret" } }] }));
    expect(line).not.toContain("s3cret");
    expect(line).toContain("[hidden]");
  });

  it("in an error: neither what hangs on it, nor the values of a query, nor an address's password", () => {
    const failed = Object.assign(
      new Error("Invalid invocation:\n{ hash: 's3cret' }\n\nNo server"),
      {
        name: "PrismaClientKnownRequestError",
        code: "P1001",
        request: { body: "s3cret" },
        cause: new Error("connect postgresql://user:s3cret@host/db"),
      },
    );
    const line = written(() => log.error({ err: failed }, "failed"));
    expect(line).not.toContain("s3cret");
    expect(JSON.parse(line).err).toMatchObject({ message: "No server", errorCode: "P1001" });
  });

  it("in a child's own fields", () => {
    expect(written(() => log.child({ job: { password: "s3cret" } }).info("x"))).not.toContain(
      "s3cret",
    );
  });

  it("a login code is no error's code", () => {
    expect(describeError(Object.assign(new Error("x"), { code: "123456" }))).not.toHaveProperty(
      "errorCode",
    );
  });
});

describe("a line of the log", () => {
  it("names the request it was written for, and none elsewhere", () => {
    const inside = written(() => runForRequest(context, () => log.info({ ms: 3 }, "done")));
    expect(JSON.parse(inside)).toMatchObject({ requestId: "request-of-this-test", ms: 3 });
    vi.restoreAllMocks();
    expect(JSON.parse(written(() => log.info("job"))).requestId).toBeUndefined();
  });

  it("takes what does not end", () => {
    const circle: Record<string, unknown> = {};
    circle.again = circle;
    expect(written(() => log.info({ circle }))).toContain("[deep]");
  });
});
