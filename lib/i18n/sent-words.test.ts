import { expect, test } from "vitest";
import { loadMessages } from "@/lib/i18n/load-messages";
import { type Locale, locales } from "@/lib/i18n/locales";
import { flatten, type Tree } from "@/lib/testing/messages";

// Answers to what somebody did just now, and names of what is recorded of it: mail is only queued then.
const saidAtOnce =
  /(^|\.)(done|notices|asked|refused|own-doing|not-independent|sentAgain|newCodeSent)(\.|$)|^(verify|activity|audit|figures|notMe)\.|^acts\.[^.]+\.(activity|audit)$/;

/**
 * What says that something was sent or somebody notified. What may be read so counts too: pt, es
 * "enviamos".
 */
const claims: Record<Locale, RegExp> = {
  en: /\b(?:sent|mailed|emailed|told|informed|on (?:its|the) way)\b/i,
  fr: /\b(?:envoyée?s?|(?:prévenu|averti|informé)e?s?|en (?:route|chemin))(?!\p{L})/iu,
  pt: /(?<!\p{L})(?:enviad[oa]s?|envi[aá]mos|avis[aá]mos|escrevemos|avisad[oa]s?|informad[oa]s?|a caminho)(?!\p{L})/iu,
  es: /(?<!\p{L})(?:enviad[oa]s?|envió|enviamos|avisamos|se avisa|avisad[oa]s?|informad[oa]s?|en camino)(?!\p{L})/iu,
};

/** Where such words are true whatever becomes of a mail: why, and which keys. */
const allowed: Record<string, RegExp> = {
  "shown while the mail waits to be sent": /^verify\.mail\.queued$/,
  "shown once the mail was given up": /^verify\.mail\.notSent$/,
  "measured from when the mail left": /^figures\.median\.title$/,
  "sent to us by the customer": /^(recover\.notices\.sent(-factors)?|figures\.cases\.what)$/,
  "says what is not sent": /^(widening\.done\.address-asked|support\.refused\.too-often)$/,
  "says what is not sent more often": /^verify\.errors\.tooOften(SignUp)?$/,
  "what will be mailed from now on": /^(sessions\.done\.notices-|activity\.about\.told)(on|off)$/i,
  "what will be written one day": /^recover\.object\.done\.next$/,
  "read by whoever has the mail": /^notMe\.lead$/,
};

test.each(locales)("nothing in %s says that a mail was sent before it left", async (locale) => {
  const messages = flatten((await loadMessages(locale)) as unknown as Tree);
  const said = messages.filter(([key]) => saidAtOnce.test(key));
  expect(said.length).toBeGreaterThan(200);
  const found = said.filter(
    ([key, text]) =>
      claims[locale].test(text) && !Object.values(allowed).some((keys) => keys.test(key)),
  );
  expect(found).toEqual([]);
});

test("every exception is used", async () => {
  const all = await Promise.all(
    locales.map(async (locale) => {
      const messages = flatten((await loadMessages(locale)) as unknown as Tree);
      return messages.filter(([key, text]) => saidAtOnce.test(key) && claims[locale].test(text));
    }),
  );
  for (const [why, keys] of Object.entries(allowed))
    expect([why, all.flat().some(([key]) => keys.test(key))]).toEqual([why, true]);
});
