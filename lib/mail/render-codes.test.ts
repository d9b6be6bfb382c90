import { beforeEach, describe, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { locales } from "@/lib/i18n/locales";
import { kindsWith } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import { fillWords } from "@/lib/mail/mail-words";
import { renderMail } from "@/lib/mail/render";
import { code, everything, mail, render, setUpHost } from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

const codeMails = kindsWith({ carries: "code" });
const withNotMe = kindsWith({ carries: "code", hasNotMe: true });

/** A sentence as HTML has it, which writes some characters otherwise. */
const inHtml = (text: string) => text.replaceAll("&", "&amp;");
const count = (text: string, part: RegExp) => text.match(part)?.length ?? 0;

describe.each(locales)("in %s", (locale) => {
  const { shared } = mailCopy[locale];

  test.each(codeMails)("the text of %s begins with its code", async (kind) => {
    const { text } = await render(kind, locale);
    expect(text.startsWith(`${code}\n\n${mailCopy[locale][kind].title}\n`)).toBe(true);
  });

  test.each(codeMails)("in the HTML of %s the code is the one thing large", async (kind) => {
    const { html } = await render(kind, locale);
    expect(html.match(/<h1[^>]*>.*?<\/h1>/gs)).toEqual([
      expect.stringMatching(new RegExp(`^<h1[^>]*>${code}</h1>$`)),
    ]);
    const sizes = [...html.matchAll(/font-size:(\d+)px/g)].map(([, size]) => Number(size));
    const [largest = 0, second = 0] = sizes.sort((a, b) => b - a);
    expect(largest).toBeGreaterThanOrEqual(2 * second);
    expect(html).not.toContain('class="m-button"');
  });

  test.each(codeMails)(
    "after the code of %s: its end and what to do; behind the details, if it was not you",
    async (kind) => {
      const { html, text } = await render(kind, locale);
      const { title, whatToDo, notYou } = mailCopy[locale][kind];
      const [first, second, end = "", ...next] = text.split("\n\n");
      expect([first, second]).toEqual([code, title]);
      expect(end).toContain("14:42 ");
      expect(next.slice(0, 2)).toEqual([whatToDo, shared.detailsTitle]);
      const hasNotMe = (withNotMe as readonly string[]).includes(kind);
      const then = next.slice(next.indexOf(notYou));
      const way = hasNotMe ? then[1]?.split("\n")[0] : then[1];
      expect([then[0], way]).toEqual([notYou, hasNotMe ? shared.notMeLink : shared.helpTitle]);
      for (const sentence of [whatToDo, notYou]) {
        expect(count(sentence, /[.?…](?=\s|$)/g)).toBe(1);
        expect(sentence.split(/\s+/).length).toBeLessThanOrEqual(25);
      }
      const body = html.slice(html.indexOf("<h1"));
      const parts = [code, title, end, whatToDo, shared.detailsTitle, notYou, String(way)];
      const places = parts.map((part) => body.indexOf(`>${inHtml(part)}<`));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(count(html, /class="m-outlined"/g)).toBe(hasNotMe ? 1 : 0);
    },
  );

  test.each(codeMails)(
    "%s says below what it is for, and that nobody asks for it",
    async (kind) => {
      const { text } = await render(kind, locale);
      const { detailsTitle } = shared;
      const { whatHappened, neverShare } = fillWords(locale, kind, {
        ...{ brand: "Casa & Host", code, duration: "", until: "" },
      });
      expect(text).toContain(`\n\n${detailsTitle}\n\n${whatHappened}\n\n`);
      expect(text).toContain(`\n\n${neverShare}\n\n`);
    },
  );
});

test.each(withNotMe)("%s without its link has quiet ways to a new password", async (kind) => {
  const { html } = await renderMail(mail(kind), { ...everything, notMeToken: null });
  expect(html).not.toContain('class="m-button"');
  expect(count(html, /class="m-outlined"/g)).toBe(1);
});

test("a logo does not come before the code in the text", async () => {
  process.env.BRAND_LOGO_URL = "https://cdn.host.example/logo.png";
  resetEnvironment();
  const { text } = await renderMail(mail("sign-in-code"), everything);
  expect(text.startsWith(`${code}\n`)).toBe(true);
});
