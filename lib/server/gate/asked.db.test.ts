import { createHash, randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CookiePurpose, cookieName } from "@/lib/cookies/cookies";
import { db } from "@/lib/db/client";
import { env, resetEnvironment } from "@/lib/env/env";
import { seal } from "@/lib/secrets/secrets";
import { sealSession } from "@/lib/secrets/session-token";
import { cleanCookies } from "@/lib/server/gate/clean-cookies";
import { newVisit } from "@/lib/server/gate/visit-cookie";
import { makeActor, signInFrom } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { newDraft } from "@/lib/testing/drafts";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";
import { newBrowser } from "@/lib/testing/people";

testDatabase();

let gate: GateUnderTest;
let seen: IncomingHttpHeaders = {};
let url: string | undefined;

beforeAll(async () => {
  gate = await startGate(async (req, res) => {
    seen = { ...req.headers };
    url = req.url;
    res.end();
  });
});
afterAll(() => gate.stop());

describe("a target in absolute form is read (RFC 9112, 3.2.2)", () => {
  test.each([
    ["http://localhost/login", "/login"],
    ["HTTP://LOCALHOST/login?a=b", "/login?a=b"],
    ["https://localhost:8443/login", "/login"],
    ["http://localhost", "/"],
    ["http://localhost?a=b", "/?a=b"],
    ["http://[::1]:3000/help", "/help"],
  ])("%s is %s", async (target, path) => {
    expect((await gate.send("GET", target)).status).toBe(200);
    expect(url).toBe(path);
  });

  test("its host counts, whatever Host says", async () => {
    await gate.send("GET", "http://customers.example:81/login", { host: "other.example" });
    expect([seen.host, seen["x-forwarded-host"]]).toEqual(Array(2).fill("customers.example:81"));
    const origin = "http://customers.example:81";
    const from = { ...urlencoded, origin, host: "other.example" };
    expect((await gate.send("POST", `${origin}/login`, from, "a=b")).status).toBe(200);
    expect((await gate.send("POST", "http://other.example/", from, "a=b")).status).not.toBe(200);
  });

  test.each([
    "http://user:password@localhost/login",
    "ftp://localhost/login",
    "http:///login",
    "http://local host/login",
    "http://localhost/%",
    "http://localhost/a/../b",
    "localhost:80",
    "javascript:alert(1)",
  ])("%s is 400", async (target) => {
    url = undefined;
    expect((await gate.send("GET", target)).status).toBe(400);
    expect(url).toBeUndefined();
  });

  test("a request without Host, or with two, stays none", async () => {
    const line = "GET http://localhost/login HTTP/1.1\r\nConnection: close\r\n";
    for (const hosts of ["", "Host: localhost\r\nHost: localhost\r\n"]) {
      expect((await gate.sendRaw(`${line}${hosts}\r\n`)).status).toBe(400);
    }
  });
});

describe("a callbackUrl that leads nowhere here never reaches NextAuth or a page", () => {
  const session = "/api/auth/session";
  test.each([
    [`${session}?callbackUrl=x`, session],
    [`${session}?callbackUrl=`, session],
    [`${session}?callbackUrl=%2F%2Fevil.example`, session],
    [`${session}?callbackUrl=%2F%5Cevil.example`, session],
    [`${session}?callbackUrl=https%3A%2F%2Fevil.example%2F`, session],
    [`${session}?callbackUrl=javascript%3Aalert(1)`, session],
    [`${session}?callbackUrl=%2Fa%0Ab`, session],
    [`${session}?callbackUrl=%ff`, session],
    [`${session}?%63allbackUrl=x`, session],
    [`${session}?callbackUrl=%2Fhelp&callbackUrl=x&a=%7E`, `${session}?callbackUrl=%2Fhelp&a=%7E`],
    ["/login?callbackUrl=//evil.example", "/login"],
    ["/login?callbackUrl=%2Faccount%2Fsecurity", "/login?callbackUrl=%2Faccount%2Fsecurity"],
    ["/login?a=%41&token=+x", "/login?a=%41&token=+x"],
  ])("%s is %s", async (target, expected) => {
    await gate.send("GET", target);
    expect(url).toBe(expected);
  });

  test("one of the site's own, in whole, is kept", async () => {
    const own = encodeURIComponent(`http://localhost:${gate.port}/help`);
    await gate.send("GET", `${session}?callbackUrl=${own}`);
    expect(url).toBe(`${session}?callbackUrl=${own}`);
  });

  test("nor does such a cookie; a local path does", async () => {
    for (const [value, kept] of [
      ["x", undefined],
      ["https%3A%2F%2Fevil.example", undefined],
      ["%", undefined],
      ["//evil.example", undefined],
      ["%2Faccount", "portaria.callback=%2Faccount"],
    ]) {
      await gate.send("GET", session, { cookie: `portaria.callback=${value}` });
      expect(seen.cookie).toBe(kept);
    }
  });
});

test("only NextAuth's own routes are asked to answer a script instead of leading on", async () => {
  const asked = { "x-auth-return-redirect": "1" };
  await gate.send("GET", "/login", asked);
  expect(seen["x-auth-return-redirect"]).toBeUndefined();
  await gate.send("GET", "/api/auth/session", asked);
  expect(seen["x-auth-return-redirect"]).toBe("1");
});

const token = "a".repeat(64);
const csrfHash = () => createHash("sha256").update(`${token}${env().authSecrets}`).digest("hex");
const valid: Record<CookiePurpose, () => string> = {
  session: () => sealSession({ sub: randomUUID(), sid: randomUUID() }),
  pending: () => `${randomUUID()}.${"s".repeat(43)}`,
  untrusted: () => seal("untrusted", randomUUID()),
  browser: () => seal("browser", randomUUID()),
  "trusted-browser": () => seal("trusted-browser", []),
  case: () => seal("case", randomUUID()),
  "recovery-codes": () => seal("recovery-codes", "encrypted"),
  notice: () => seal("notice", { kind: "signed-out" }),
  csrf: () => encodeURIComponent(`${token}|${csrfHash()}`),
  callback: () => "%2Fhelp",
  locale: () => "pt",
  "time-zone": () => "Europe%2FKiev",
  visit: newVisit,
};

describe("of a cookie named twice the one counts that was made here, once", () => {
  const names = Object.keys(valid) as CookiePurpose[];
  test.each(names)("%s", async (purpose) => {
    const name = cookieName(purpose);
    const right = `${name}=${valid[purpose]()}`;
    for (const wrong of ["garbage", "", "%", "a.b", `"${valid[purpose]()}"`]) {
      for (const order of [
        [`${name}=${wrong}`, right],
        [right, `${name}=${wrong}`],
        [right, name],
        [name, `${name} = x`, right, right],
      ]) {
        const header = ["a=1", ...order, "b=2"].join("; ");
        await gate.send("GET", "/", { cookie: header });
        const kept = seen.cookie?.split("; ") ?? [];
        expect(kept, header).toContain(right);
        expect(kept.filter((pair) => pair.startsWith(name))).toHaveLength(1);
        expect(kept[0]).toBe("a=1");
        expect(kept.at(-1)).toBe("b=2");
      }
    }
  });

  test("in two Cookie headers, too", async () => {
    const right = `portaria.session=${valid.session()}`;
    await gate.send("GET", "/", { cookie: ["portaria.session=x", right] });
    expect(seen.cookie).toBe(right);
  });

  test("with https the names with __Host- are ours, the plain ones anybody's", () => {
    const before = process.env.APP_URL;
    process.env.APP_URL = "https://localhost";
    resetEnvironment();
    try {
      const right = `__Host-portaria.session=${valid.session()}`;
      const { header } = cleanCookies(
        `__Host-portaria.session=x; portaria.session=y; ${right}; portaria.session=z`,
        [],
      );
      expect(header).toBe(`${right}; portaria.session=y; portaria.session=z`);
    } finally {
      if (before === undefined) delete process.env.APP_URL;
      else process.env.APP_URL = before;
      resetEnvironment();
    }
  });

  test("what NextAuth would join to the session's cookie is left out", async () => {
    const right = `portaria.session=${valid.session()}`;
    const more = "portaria.session.0=x; portaria.session.1=y; portaria.sessions=z";
    await gate.send("GET", "/", { cookie: `${more}; ${right}` });
    expect(seen.cookie).toBe(right);
  });

  test("a cookie alone, and those of others, stay as they are", async () => {
    const cookie = "portaria.session=x; other=1; other=2; flag";
    await gate.send("GET", "/", { cookie });
    expect(seen.cookie).toBe(cookie);
  });
});

describe("of two that were both made here the one counts whose row stands", () => {
  async function both(name: string, live: string, dead: string) {
    for (const cookie of [`${name}=${live}; ${name}=${dead}`, `${name}=${dead}; ${name}=${live}`]) {
      await gate.send("GET", "/", { cookie });
      expect(seen.cookie).toBe(`${name}=${live}`);
    }
  }

  test("a session that has not ended", async () => {
    const { session } = await makeActor();
    const { id: sid, accountId: sub } = session;
    await both("portaria.session", sealSession({ sub, sid }), valid.session());
  });

  test("a pending sign-in that is open", async () => {
    const { session } = await makeActor();
    const asked = await signInFrom(session.accountId, "198.51.100.8");
    if (asked.kind !== "code-asked") throw new Error(asked.kind);
    await both("portaria.pending", `${asked.challengeId}.${asked.secret}`, valid.pending());
  });

  test("a draft that can still be sent", async () => {
    await both("portaria.case", seal("case", await newDraft()), seal("case", newBrowser()));
    expect(await db.recoveryCase.count()).toBe(1);
  });
});
