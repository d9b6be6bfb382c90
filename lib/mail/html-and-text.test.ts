import { beforeEach, describe, expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { unescapeHtml } from "@/lib/mail/escape-html";
import { mailKinds } from "@/lib/mail/kinds";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { appUrl, render, setUpHost } from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

const address = /https?:\/\/[^\s()]+/g;

/** The words that the HTML shows, without what stands in front of it: its head, the preview line, the host's name. */
function wordsOfHtml(html: string): string[] {
  const body = html
    .replace(/<!--.*?-->/gs, "")
    .replace(/<(head|style|title)\b.*?<\/\1>/gs, "")
    .replace(/<div style="display:none.*?<\/div><\/div>/s, "")
    .replace(/<(\w+)[^>]*data-skip-in-text="true"[^>]*>.*?<\/\1>/gs, "");
  return wordsOf(unescapeHtml(body.replace(/<[^>]*>/g, " ")));
}

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
const wordsOfText = (text: string) => wordsOf(text.replace(address, " "));

const linksOfHtml = (html: string) =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => unescapeHtml(href));
const linksOfText = (text: string) => text.match(address) ?? [];

const isAlike = ({ html, text }: RenderedMail) => {
  expect(wordsOfText(text)).toEqual(wordsOfHtml(html));
  expect(linksOfText(text)).toEqual(linksOfHtml(html));
};

describe.each(locales)("in %s", (locale) => {
  test.each(mailKinds)(
    "%s says the same in HTML and as text, and leads to the same",
    async (kind) => {
      const made = await render(kind, locale);
      isAlike(made);
      // One host, and nothing that is fetched or counts who looks.
      for (const link of linksOfHtml(made.html)) expect(new URL(link).origin).toBe(appUrl);
      expect(made.html).not.toMatch(/<(img|script|iframe|object|form|input|video|audio|base)\b/i);
      expect(made.html).not.toMatch(/url\(|@import|http-equiv="refresh"/i);
    },
  );
});

test("a word or a link that stands in one of them alone is found", async () => {
  const made = await render("sign-in-code", "en");
  for (const wrong of [
    { ...made, text: `${made.text}\nmore` },
    { ...made, html: made.html.replace("</body>", "<p>more</p></body>") },
    { ...made, html: made.html.replace("/not-me?", "/not-you?") },
  ]) {
    expect(() => isAlike(wrong)).toThrow();
  }
});
