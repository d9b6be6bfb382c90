import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "@/app/.well-known/webauthn/route";
import { db } from "@/lib/db/client";
import { countKeys } from "@/lib/db/subjects";
import { CEREMONIES_PER_HOUR } from "@/lib/passkeys/rules/limits";
import { PASSKEYS_PATH } from "@/lib/server/gate/path-rules";
import { testDatabase } from "@/lib/testing/database";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";

testDatabase();

let gate: GateUnderTest;
beforeAll(async () => {
  gate = await startGate(async (_, res) => void res.writeHead(418).end(), { formsOnce: true });
});
afterAll(() => gate.stop());

const ask = (purpose: string, headers: Record<string, string> = {}) =>
  gate.send("POST", PASSKEYS_PATH, { ...urlencoded, ...headers }, `purpose=${purpose}`);

test("a browser that has proven nothing is asked for any passkey of this site, each time anew", async () => {
  const answers = [await ask("sign-in"), await ask("sign-in")];
  const asked = answers.map(({ body }) => JSON.parse(body));
  for (const [index, answer] of answers.entries()) {
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers["set-cookie"]).toMatch(/^portaria\.browser=/);
    expect(asked[index].get).toMatchObject({
      rpId: "localhost",
      allowCredentials: [],
      userVerification: "required",
    });
  }
  expect(asked[0].get.challenge).not.toBe(asked[1].get.challenge);
  expect(await db.passkeyCeremony.count()).toBe(2);
});

test.each(["add", "offer", "confirm", "second-step", "", "other"])(
  "nobody who is not signed in, without a sign-in that waits, is asked for anything: %j",
  async (purpose) => {
    const answer = await ask(purpose);
    expect([answer.status, answer.body]).toEqual([404, "{}"]);
  },
);

test("other sites, other methods and other kinds of content are refused as everywhere", async () => {
  expect((await ask("sign-in", { Origin: "https://other.example" })).status).toBe(403);
  expect((await gate.send("GET", PASSKEYS_PATH, {})).status).toBe(405);
  const json = { "Content-Type": "application/json" };
  expect((await gate.send("POST", PASSKEYS_PATH, json, "{}")).status).toBe(415);
});

test("beyond the hour's limit of a network nobody there is asked any more", async () => {
  const { key, subject } = countKeys.passkeyCeremoniesFrom("127.0.0.1/32");
  const hits = Array.from({ length: CEREMONIES_PER_HOUR }, () => new Date());
  await db.rateWindow.upsert({
    where: { key },
    create: { key, subject, hits, admitted: true, askedAt: new Date() },
    update: { hits },
  });
  const answer = await ask("sign-in");
  expect(answer.status).toBe(429);
  expect(JSON.parse(answer.body).until).toMatch(/Z$/);
});

test("whoever asks this domain for sites that may use its passkeys is given that of APP_URL", async () => {
  expect(await GET().json()).toEqual({ origins: ["http://localhost:3000"] });
});
