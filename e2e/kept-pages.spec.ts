import { expect, test } from "@/e2e/fixtures";
import { locales } from "@/lib/i18n/locales";
import { keptPaths } from "@/lib/server/gate/kept-pages";

const MOST_BYTES = 14 * 1024;

// What is drawn anew for each page.
const loaded = /(?<=name="loaded" value=")\d+(?=")/g;
const ofOneAnswer = ["date", "x-request-id", "set-cookie", "content-length"];

// Each says something of its reader, and nothing that these pages show.
const readers: Record<string, string>[] = [
  {},
  { cookie: "portaria.time-zone=Europe%2FLisbon" },
  { "user-agent": "Googlebot/2.1" },
  { accept: "*/*" },
  { rsc: "1", "next-router-state-tree": "%5B%22%22%5D", "next-router-prefetch": "1" },
];

for (const path of keptPaths) {
  test(`${path} is the same from memory as made for its reader, in each language`, async ({
    visitPlainly,
  }) => {
    const { http } = await visitPlainly();
    for (const locale of locales) {
      for (const reader of readers) {
        const headers = { ...reader, "accept-language": locale };
        await http.get(path, { headers });
        const kept = await http.get(path, { headers });
        // With a query it is made for this request alone.
        const made = await http.get(`${path}?made=now`, { headers });
        const [was, is] = [await made.text(), await kept.text()];
        expect(is).toContain(`<html lang="${locale}">`);
        expect(is.replace(loaded, "")).toBe(was.replace(loaded, ""));
        const [ofMade, ofKept] = [made.headers(), kept.headers()];
        for (const name of ofOneAnswer) for (const one of [ofMade, ofKept]) delete one[name];
        expect(ofKept).toEqual(ofMade);
      }
    }
  });
}

for (const path of ["/login", "/signup", "/forgot-password"]) {
  test(`${path} is whole in one answer that fits into the first packets`, async ({
    visitPlainly,
  }) => {
    const { http } = await visitPlainly();
    for (const encoding of ["br", "gzip"]) {
      for (const query of ["", "?made=now"]) {
        const answer = await http.get(path + query, { headers: { "accept-encoding": encoding } });
        expect(answer.headers()["content-encoding"]).toBe(encoding);
        expect(Number(answer.headers()["content-length"])).toBeLessThan(MOST_BYTES);
        expect(await answer.text()).toMatch(/<\/html>$/);
      }
    }
  });
}
