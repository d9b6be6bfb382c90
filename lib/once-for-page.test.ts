import { expect, test } from "vitest";
import { type RequestContext, runForRequest } from "@/lib/log/request-context";
import { onceForPage } from "@/lib/once-for-page";

const cookies = { get: () => undefined, set() {}, take: () => [] };
const contextOf = (more: Partial<RequestContext> = {}): RequestContext => ({
  ...{ requestId: "r", token: "t", clientIp: null, forwarded: false },
  ...{ databaseDown: false, reached: false },
  brought: { headers: { get: () => null }, cookies },
  ...more,
});
const form = { contentType: "", body: Buffer.alloc(0), fields: async () => new FormData() };
const stale = { forms: [], sent: [] };

test.each([
  ["a page looks once, also in copies of its context", contextOf(), 1],
  ["a form that is judged looks anew", contextOf({ form }), 2],
  ["a page that brings a form back looks once", contextOf({ form, staleForm: stale }), 1],
  ["nobody's request looks anew", contextOf({ brought: undefined }), 2],
])("%s", async (_, context, times) => {
  let looked = 0;
  const look = onceForPage(async () => ++looked);
  await runForRequest(context, look);
  await runForRequest({ ...context }, look);
  expect(looked).toBe(times);
});

test("each page looks for itself", async () => {
  let looked = 0;
  const look = onceForPage(async () => ++looked);
  const seen = [contextOf(), contextOf()].map((context) => runForRequest(context, look));
  expect(await Promise.all(seen)).toEqual([1, 2]);
});

test("what bears one name is looked for once, by whichever build of this file", async () => {
  let looked = 0;
  const looks = ["a", "a", "b"].map((name) => onceForPage(async () => ++looked, `test-${name}`));
  const context = contextOf();
  const seen = looks.map((look) => runForRequest(context, look));
  expect(await Promise.all(seen)).toEqual([1, 1, 2]);
});
