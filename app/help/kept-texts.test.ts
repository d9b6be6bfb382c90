import fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import { orKeepTexts, refuseTexts, textOf } from "@/app/help/kept-texts";
import { cookieName } from "@/lib/cookies/cookies";
import { readNotice } from "@/lib/forms/notice";

const jar = vi.hoisted(() => new Map<string, string>());
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => ({ value: jar.get(name) }),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
vi.mock("next/navigation", () => ({ redirect: (path: string) => path }));

// What browsers keep of a cookie: its name and value together (RFC 6265bis, section 5.6).
const COOKIE_BYTES = 4_096;

beforeEach(() => {
  process.env.AUTH_SECRET ||= "a secret for tests of 32 characters or more";
  jar.clear();
});

const values = { article: "password-switched-off", id: "0f0f0f0f-0000-4000-8000-000000000000" };

async function kept(texts: Record<string, string>) {
  const errors = { question: "questionTooShort", answer: "answerMissing" };
  await refuseTexts("/help", { form: "help-answer", values, texts, errors, until: new Date() });
  expect(
    cookieName("notice").length + 2 + (jar.get(cookieName("notice")) ?? "").length,
  ).toBeLessThan(COOKIE_BYTES);
  const notice = await readNotice();
  if (notice?.kind !== "form-refused") throw new Error("The notice cannot be read.");
  expect(notice.values).toMatchObject(values);
  return (name: string) => textOf(notice.values, name);
}

test.each([
  ["plain letters", "a".repeat(1_000)],
  ["accents", "é".repeat(1_000)],
  ["lines", "It is so.\n".repeat(100)],
  ["emoji", "👍".repeat(500)],
])("a text of the greatest length comes back whole: %s", async (_, text) => {
  expect((await kept({ question: text }))("question")).toBe(text);
});

test("a form's own line breaks come back as they were typed", async () => {
  expect((await kept({ question: "one\r\ntwo" }))("question")).toBe("one\ntwo");
});

test("of two texts the dearest comes back whole, and the other as far as there is room", async () => {
  const text = await kept({ answer: "é".repeat(900), question: "a".repeat(1_000) });
  expect(text("answer")).toBe("é".repeat(900));
  expect(text("question")).toBe("a".repeat(200));
});

test("whatever is typed, the answer is not lost, and what comes back was typed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 4_000 }), async (typed) => {
      const text = (await kept({ question: typed }))("question") ?? "";
      expect(typed.replace(/\r\n?/g, "\n").startsWith(text)).toBe(true);
    }),
  );
});

test("nothing typed is nothing kept, and no name of an object's own is a text", async () => {
  expect((await kept({ question: "" }))("question")).toBeUndefined();
  expect(textOf(undefined, "question")).toBeUndefined();
  expect(textOf({}, "__proto__")).toBeUndefined();
});

test("with the database away the page says so and keeps the texts", async () => {
  const refusal = { form: "help-ask", values, texts: { question: "How long?" } };
  const away = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
  await orKeepTexts("/help", refusal, () => Promise.reject(away));
  const notice = await readNotice();
  expect(notice).toMatchObject({ kind: "form-refused", reason: "unavailable" });
  expect(notice?.kind === "form-refused" && textOf(notice.values, "question")).toBe("How long?");
});

test("any other fault is none of the page's", async () => {
  const refusal = { form: "help-ask", values, texts: {} };
  const fault = () => Promise.reject(new TypeError("a fault"));
  await expect(orKeepTexts("/help", refusal, fault)).rejects.toThrow(TypeError);
});
