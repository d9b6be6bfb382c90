import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { median } from "@/bench/median";
import { emailOf, newAddress, password } from "@/bench/people";
import type { PostOffice } from "@/bench/post-office";
import { Visitor } from "@/bench/visitor";

/** Bytes of a file, as it is and as it went over the line to a browser that takes any compression. */
export type Weight = { plain: number; packed: number };

/** A page and all JavaScript it makes a browser of today fetch. */
export type PageWeight = { html: Weight; scripts: Weight };

async function weigh(visitor: Visitor, path: string): Promise<Weight & { text: string }> {
  const answer = await visitor.get(path, { "accept-encoding": "br, gzip" });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
  const unpacked = unpack(answer.body, answer.headers["content-encoding"]);
  return { plain: unpacked.length, packed: answer.body.length, text: unpacked.toString() };
}

function unpack(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === "br") return brotliDecompressSync(body);
  return encoding === "gzip" ? gunzipSync(body) : body;
}

/** Scripts that are named in a page: script tags, but for those of old browsers, and what is loaded ahead. */
function scriptsOf(html: string): string[] {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  const paths = tags.flatMap((tag) => {
    const isAhead = /rel="modulepreload"|as="script"/.test(tag);
    if (/\bnomodule\b/i.test(tag) || (tag.startsWith("<link") && !isAhead)) return [];
    return /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1]?.replaceAll("&amp;", "&") ?? [];
  });
  return [...new Set(paths)];
}

async function weighPage(visitor: Visitor, path: string): Promise<PageWeight> {
  const html = await weigh(visitor, path);
  const scripts = { plain: 0, packed: 0 };
  for (const script of scriptsOf(html.text)) {
    const { plain, packed } = await weigh(visitor, script);
    scripts.plain += plain;
    scripts.packed += packed;
  }
  return { html, scripts };
}

/** The pages of the way in; that of the code while its mail waits, which is when it has most to do. */
export async function weighPages(
  url: string,
  post: PostOffice,
): Promise<Record<string, PageWeight>> {
  const visitor = new Visitor(url);
  const pages: Record<string, PageWeight> = {};
  for (const path of ["/login", "/signup", "/help/login-code"])
    pages[path] = await weighPage(visitor, path);
  const letGo = post.hold();
  // Nobody has come from this address, so a code is asked for.
  const asked = new Visitor(url, { headers: { "x-forwarded-for": newAddress(0) } });
  await asked.submit("/login", "Sign in", { email: emailOf(1), password });
  pages["/verify"] = await weighPage(asked, "/verify");
  letGo();
  return pages;
}

const FIRST_BYTES = 60;
const WARM_UP = 10;

/** The median time to the first byte of the page of sign-in, on one warm connection, in milliseconds. */
export async function firstByteOf(url: string): Promise<number> {
  const visitor = new Visitor(url);
  const times: number[] = [];
  for (let n = -WARM_UP; n < FIRST_BYTES; n += 1) {
    const { firstByteMs } = await visitor.get("/login");
    if (n >= 0) times.push(firstByteMs);
  }
  return median(times);
}
