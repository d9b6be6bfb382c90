import { expect, test } from "vitest";
import { type MailFrame, noFrame } from "@/lib/mail-document/frame";
import { judgeFrame } from "@/lib/templates/judge-frame";

const facts = { images: new Set(["abcdefgh"]), allowedHosts: ["host.example"] };
const legal = (words: string): Partial<MailFrame> => ({ legal: { en: words } });

test.each<[string, Partial<MailFrame>, string[]]>([
  ["nothing set", {}, []],
  ["what a company writes", legal("Host Ltd, 12 Long Street\nwww.host.example"), []],
  ["an accent that can be read", { light: "#1f5fbf", dark: "#8ab4f8" }, []],
  ["a pale accent in light", { light: "#ffee99" }, ["refused poor-contrast #ffee99"]],
  ["a dark accent in dark", { dark: "#112233" }, ["refused poor-contrast #112233"]],
  ["a logo that is there", { logo: "abcdefgh" }, []],
  ["a logo that is not", { logo: "hgfedcba" }, ["refused unknown-image hgfedcba"]],
  [
    "an address elsewhere",
    legal("See https://evil.example/login"),
    ["refused host-not-allowed evil.example"],
  ],
  ["another host by name alone", legal("See other.com"), ["warned host-not-allowed other.com"]],
  ["letters that look alike", legal("p\u0430ypal"), ["refused look-alike-letters p\u0430ypal"]],
  ["a direction that turns", legal("abc\u202edef"), ["refused hidden-characters"]],
  ["a number like a code", legal("No. 482913"), ["warned six-digits 482913"]],
  ["the same apart", legal("No. 482 913"), ["warned six-digits 482 913"]],
  ["a sender's name", { senderName: "Host" }, []],
  [
    "a sender called like an address",
    { senderName: "security@other.com" },
    [
      "warned host-not-allowed other.com",
      "refused host-not-allowed other.com",
      "refused host-not-allowed security@other.com",
    ],
  ],
  ["a sender of two lines", { senderName: "Host\nBcc: x" }, ["refused line-break"]],
])("%s", (_, more, found) => {
  const judged = judgeFrame({ ...noFrame, ...more }, facts);
  const said = judged.map(({ level, kind, what = "" }) => `${level} ${kind} ${what}`.trim());
  expect(said).toEqual(found);
});
