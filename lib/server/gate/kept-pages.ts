import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { zoneAsSaid } from "@/lib/client/browser-zone";
import { readClock } from "@/lib/clock";
import { type CookiePurpose, cookieName, cookiePurposes } from "@/lib/cookies/cookies";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { readCookies } from "@/lib/server/gate/cookie";
import { encode } from "@/lib/server/gate/encode";
import { languageOf, type Reader } from "@/lib/server/gate/refusal";

/**
 * Pages that say the same to everybody of one language: they ask no database and no clock, and of settings
 * alone, which are fixed while the server runs. e2e/kept-pages.spec.ts compares each with a fresh one.
 */
export const keptPaths = ["/login", "/signup", "/forgot-password", "/help"] as const;

// Whether one of those pages says something else, or shows somebody, to a browser with this cookie.
const speaks: Record<CookiePurpose, boolean> = {
  session: true,
  notice: true,
  pending: true,
  untrusted: true,
  case: true,
  // Read by steps alone.
  csrf: false,
  callback: false,
  browser: false,
  "trusted-browser": false,
  visit: false,
  // Chooses which page it is.
  locale: false,
  // Stands in the page's body, and is written in anew.
  "time-zone": false,
};

/** Which of these pages is asked for, and what of it is its reader's own. */
export type KeptPlace = { path: string; locale: Locale; zone: string | null };

export type KeptPage = {
  headers: OutgoingHttpHeaders;
  /** What stands between the moments at which forms were loaded. */
  pieces: string[];
};

/**
 * The place of a page that may be kept; null for what is to be made for this request alone.
 *
 * @param req its cookies clean, see clean-cookies.ts
 */
export function keptPlaceOf(req: IncomingMessage, reader: Reader): KeptPlace | null {
  const { method, url, headers } = req;
  // With a query, or spelled otherwise, it is another page.
  const path = keptPaths.find((one) => one === url);
  if (path === undefined || (method !== "GET" && method !== "HEAD")) return null;
  const names = new Set(readCookies(headers.cookie).map(({ name }) => name));
  if (cookiePurposes.some((purpose) => speaks[purpose] && names.has(cookieName(purpose)))) {
    return null;
  }
  // The app decodes it first: what is no language as it stands may be one there.
  if (names.has(cookieName("locale")) && !isLocale(reader.chosenLanguage)) return null;
  return { path, locale: languageOf(reader), zone: zoneAsSaid(headers.cookie) };
}

const bodyOf = (zone: string | null) =>
  zone === null ? "<body>" : `<body data-known-time-zone="${zone}">`;

// See components/post-form.tsx.
const loaded = /(?<=<input type="hidden" name="loaded" value=")\d+(?="\/>)/g;

/** Pages made once a language and kept in memory: as many as there are paths and languages. */
export class KeptPages {
  readonly #pages = new Map<string, KeptPage>();

  find({ path, locale }: KeptPlace): KeptPage | undefined {
    return this.#pages.get(`${locale}${path}`);
  }

  /** Keeps a whole page that was made for this place. Only what came as it should is worth that. */
  keep(place: KeptPlace, html: string, res: ServerResponse): void {
    const own = bodyOf(place.zone);
    const isSound =
      res.statusCode === 200 &&
      html.includes(own) &&
      html.includes(`<html lang="${place.locale}">`);
    if (!isSound) return;
    const { "set-cookie": _, ...headers } = res.getHeaders();
    const pieces = html.replace(own, bodyOf(null)).split(loaded);
    this.#pages.set(`${place.locale}${place.path}`, { headers, pieces });
  }
}

/** Answers with a kept page, as if it was made now. */
export function answerKept(
  req: IncomingMessage,
  res: ServerResponse,
  { headers, pieces }: KeptPage,
  { zone }: KeptPlace,
): void {
  const html = pieces.join(String(readClock().getTime())).replace("<body>", bodyOf(zone));
  const encoded = encode(Buffer.from(html), req.headers["accept-encoding"] ?? "", "each");
  res.writeHead(200, {
    ...headers,
    ...encoded.headers,
    "Content-Length": encoded.body.length,
  });
  res.end(req.method === "HEAD" ? undefined : encoded.body);
}
