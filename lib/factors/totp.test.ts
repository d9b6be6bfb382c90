import { createHmac, randomBytes } from "node:crypto";
import { expect, test, vi } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import {
  appUri,
  codeAtStep,
  judgeAppCode,
  newAppKey,
  openAppKey,
  sealAppKey,
  spokenKey,
  stepAt,
} from "@/lib/factors/totp";

const rfcKey = new Uint8Array(Buffer.from("12345678901234567890"));

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
])("at %i seconds the code is %s", (seconds, code) => {
  expect(codeAtStep(rfcKey, stepAt(new Date(seconds * 1000)))).toBe(code);
});

// A second implementation, written from RFC 4226, section 5.3.
function hotp(key: Uint8Array, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac("sha1", key).update(message).digest();
  const offset = (digest[19] ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a second implementation makes the same codes of a thousand keys", () => {
  for (let round = 0; round < 1000; round += 1) {
    const key = newAppKey();
    expect(key).toHaveLength(20);
    const step = randomBytes(4).readUInt32BE() >>> 1;
    expect(codeAtStep(key, step)).toBe(hotp(key, step));
  }
});

const now = new Date(1_800_000_015_000);
const codeOff = (seconds: number) =>
  codeAtStep(rfcKey, stepAt(new Date(now.getTime() + seconds * 1000)));

test.each([
  [-90, "wrong"],
  [-60, "wrong"],
  [-30, "right"],
  [0, "right"],
  [30, "right"],
  [60, "wrong"],
  [90, "wrong"],
])("a clock that is off by %i seconds is %s", (seconds, kind) => {
  const app = { key: rfcKey, lastStep: null };
  expect(judgeAppCode(app, codeOff(seconds), now).kind).toBe(kind);
});

test("the step that was used and older ones are wrong from then on", () => {
  const present = stepAt(now);
  for (const lastStep of [present - 1, present, present + 1]) {
    for (const off of [-1, 0, 1]) {
      const verdict = judgeAppCode({ key: rfcKey, lastStep }, codeOff(off * 30), now);
      const step = present + off;
      expect(verdict).toEqual(step > lastStep ? { kind: "right", step } : { kind: "wrong" });
    }
  }
});

test("a key is opened for its own app, also after AUTH_SECRET was rotated", () => {
  const [first, second] = ["a".repeat(40), "b".repeat(40)];
  const use = (secrets: string) => {
    vi.stubEnv("AUTH_SECRET", secrets);
    resetEnvironment();
  };
  use(first);
  const sealed = sealAppKey("one", rfcKey);
  expect(Buffer.from(sealed).includes(Buffer.from(rfcKey))).toBe(false);
  expect(openAppKey("one", sealed)).toEqual(rfcKey);
  expect(openAppKey("two", sealed)).toBeNull();
  use(`${second},${first}`);
  expect(openAppKey("one", sealed)).toEqual(rfcKey);
  use(second);
  expect(openAppKey("one", sealed)).toBeNull();
});

test("apps read the key, whose it is and how it counts from one address", () => {
  const uri = new URL(appUri(rfcKey, { account: "ana@example.com", brand: "Example & Host" }));
  expect(uri.protocol).toBe("otpauth:");
  expect(uri.host).toBe("totp");
  expect(decodeURIComponent(uri.pathname)).toBe("/Example & Host:ana@example.com");
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    algorithm: "SHA1",
    digits: "6",
    period: "30",
    issuer: "Example & Host",
  });
  expect(spokenKey(rfcKey)).toBe("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
});
