import type { IncomingMessage } from "node:http";
import { cookieName } from "@/lib/cookies/cookies";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { negotiateLocale } from "@/lib/i18n/negotiate-locale";
import { readCookie } from "@/lib/server/gate/cookie";
import { STYLES_FOLDER } from "@/lib/server/gate/path-rules";
import { type RefusalStatus, refusalWords } from "@/lib/server/gate/refusal-words";

/** An answer of the gate itself. */
export type Refusal = {
  /** 303 leads to a page that says what is wrong. */
  status: RefusalStatus | 303;
  /** Where the status alone would say too little. */
  words?: "large-source";
  headers?: Record<string, string>;
  /** For the log; no secret. */
  because?: string;
};

/** How the gate's answer is to be worded: from the request's headers. */
export type Reader = {
  accept: string | undefined;
  acceptLanguage: string | undefined;
  /** The language cookie's value. */
  chosenLanguage: string | undefined;
};

/** Who reads the answer of a request. */
export function readerOf(req: IncomingMessage): Reader {
  return {
    accept: req.headers.accept,
    acceptLanguage: req.headers["accept-language"],
    chosenLanguage: readCookie(req.headers.cookie, cookieName("locale")),
  };
}

export type RefusalPage = { contentType: string; body: string };

/** The language that a reader chose, or else asks for. */
export function languageOf(reader: Reader): Locale {
  return isLocale(reader.chosenLanguage)
    ? reader.chosenLanguage
    : negotiateLocale(reader.acceptLanguage);
}

/** A style sheet of its own, for the policy lets nothing inline be one. */
export const refusalStyle =
  "body{margin:0;padding:8vh 1.25rem;font:106.25%/1.55 system-ui,sans-serif;background:Canvas;color:CanvasText}" +
  "main{max-width:27rem;margin:auto}h1{font-size:1.5rem;line-height:1.25}" +
  "label{display:block;margin:1rem 0}input,button{box-sizing:border-box;width:100%;min-height:3rem;padding:.5rem .75rem;font:inherit}";

/**
 * The body of an answer that does not come from a page: a bare one, so that nothing it needs can fail.
 *
 * @param status or `busy`: a 503 for who asks for too much at once; `large-source`: a 413 of a mail's source
 * @returns HTML for a client that accepts HTML, else the same words as plain text
 */
export function refusalPage(
  status: Refusal["status"] | "busy" | "large-source",
  reader: Reader,
): RefusalPage {
  if (status === 303) return { contentType: "text/plain; charset=utf-8", body: "See Other\n" };
  const locale = languageOf(reader);
  const { title, text } = refusalWords[locale][status];
  if (!reader.accept?.includes("text/html")) {
    return { contentType: "text/plain; charset=utf-8", body: `${title}. ${text}\n` };
  }
  const main = `<h1>${title}</h1><p role="alert">${text}</p>`;
  return { contentType: "text/html; charset=utf-8", body: barePage(locale, title, main) };
}

/** A page that nothing can fail of: its words are HTML already. */
export function barePage(locale: Locale, title: string, main: string): string {
  const lines = [
    "<!doctype html>",
    `<html lang="${locale}"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    // Plain where it does not come: nothing is said by it.
    `<link rel="stylesheet" href="${STYLES_FOLDER}/refusal.css"></head>`,
    `<body><main>${main}</main></body></html>`,
  ];
  return `${lines.join("\n")}\n`;
}
