import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { zoneAsSaid } from "@/lib/client/browser-zone";
import { readClock } from "@/lib/clock";
import { type CookiePurpose, cookieName, cookiePurposes } from "@/lib/cookies/cookies";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { knownMailWatch } from "@/lib/mail/fate/mail-watch";
import { readCookies } from "@/lib/server/gate/cookie";
import { encode } from "@/lib/server/gate/encode";
import { languageOf, type Reader } from "@/lib/server/gate/refusal";

/**
 * Pages that say the same to everybody of one language: they ask no database and no clock, and of settings
 * alone, which are fixed while the server runs. The way in says it while mail is in an outage. e2e/kept-pages.spec.ts compares each with a fresh one.
 */
export const keptPaths = ["/login", "/signup", "/forgot-password", "/help"] as const;

// What such a page says while mail is in an outage is not kept beyond it: app/mail-outage.tsx marks it.
const OUTAGE_MARK = "data-mail-outage";

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
  "recovery-codes": false,
  // Chooses which page it is.
  locale: false,
  // Stands in the page's body, and is written in anew.
  "time-zone": false,
};

/** Which of these pages is asked for, and what of it is its reader's own. */
type Asked = { name: string; locale: Locale; zone: string | null };

type KeptPage = {
  headers: OutgoingHttpHeaders;
  /** What stands between the moments at which forms were loaded. */
  pieces: string[];
};

// null: it is to be made for this request alone.
function readAsked({ method, url, headers }: IncomingMessage, reader: Reader): Asked | null {
  // With a query, or spelled otherwise, it is another page.
  const path = keptPaths.find((one) => one === url);
  if (path === "/login" && knownMailWatch().outage !== null) return null;
  if (path === undefined || (method !== "GET" && method !== "HEAD")) return null;
  const names = new Set(readCookies(headers.cookie).map(({ name }) => name));
  if (cookiePurposes.some((purpose) => speaks[purpose] && names.has(cookieName(purpose)))) {
    return null;
  }
  // The app decodes it first: what is no language as it stands may be one there.
  if (names.has(cookieName("locale")) && !isLocale(reader.chosenLanguage)) return null;
  const locale = languageOf(reader);
  return { name: `${locale}${path}`, locale, zone: zoneAsSaid(headers.cookie) };
}

const bodyOf = (zone: string | null) =>
  zone === null ? "<body>" : `<body data-known-time-zone="${zone}">`;

// See components/post-form.tsx.
const loaded = /(?<=<input type="hidden" name="loaded" value=")\d+(?="\/>)/g;

/** What is to be done about a request for a page that may be kept. */
export type Keeping = {
  /** Answers with the page, as if it was made now; null: it is to be made. */
  answer: (() => void) | null;
  /** Is given the page that was made, whole. */
  keep: (html: string) => void;
};

/** Pages made once a language and kept in memory: as many as there are paths and languages. */
export class KeptPages {
  readonly #pages = new Map<string, KeptPage>();

  /**
   * What is to be done about a request; null: it is none for such a page.
   *
   * @param req its cookies clean, see clean-cookies.ts
   */
  look(req: IncomingMessage, res: ServerResponse, reader: Reader): Keeping | null {
    const asked = readAsked(req, reader);
    if (asked === null) return null;
    const page = this.#pages.get(asked.name);
    return {
      answer: page === undefined ? null : () => answerWith(page, asked, req, res),
      keep: (html) => this.#keep(html, asked, req, res),
    };
  }

  // Only what came as it should is worth it.
  #keep(html: string, { name, locale, zone }: Asked, req: IncomingMessage, res: ServerResponse) {
    const own = bodyOf(zone);
    const isLasting = !html.includes(OUTAGE_MARK);
    const isSound = isLasting && html.includes(own) && html.includes(`<html lang="${locale}">`);
    if (req.method !== "GET" || res.statusCode !== 200 || !isSound) return;
    const { "set-cookie": _, ...headers } = res.getHeaders();
    this.#pages.set(name, { headers, pieces: html.replace(own, bodyOf(null)).split(loaded) });
  }
}

function answerWith(
  { headers, pieces }: KeptPage,
  { zone }: Asked,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  const html = pieces.join(String(readClock().getTime())).replace("<body>", bodyOf(zone));
  const encoded = encode(Buffer.from(html), req.headers["accept-encoding"] ?? "", "each");
  const length = { "Content-Length": encoded.body.length };
  res.writeHead(200, { ...headers, ...encoded.headers, ...length });
  res.end(req.method === "HEAD" ? undefined : encoded.body);
}
