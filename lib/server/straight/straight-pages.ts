import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { createElement } from "react";
import { answersRefused } from "@/lib/forms/form-desk";
import { pageLocale } from "@/lib/i18n/page-locale";
import { currentRequest, type RequestContext } from "@/lib/log/request-context";
import { answerFailed } from "@/lib/server/gate/answer-failed";
import { type StraightPage, straightPages } from "@/lib/server/straight/registry";
import { renderPage } from "@/lib/server/straight/render-page";

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** What stands before the body of a page: of its metadata, its language and the build alone. */
type Head = { headers: OutgoingHttpHeaders; html: string };

// Titles come from the messages, so there are some for each page and language.
const MOST_HEADS = 500;

// Of one answer, or put on each by the gate.
const ownHeaders = ["set-cookie", "content-length", "transfer-encoding", "date", "connection"];

/** Whether Next is to answer: its redirects and its 404 are thrown as errors of these names. */
const isForNext = (error: unknown): boolean =>
  String((error as { digest?: unknown } | null)?.digest).startsWith("NEXT_");

/**
 * Makes the pages that the app has entered without Next: its own components, called and written as HTML
 * by React, behind the head that Next made for this page, language and title before. What Next has not
 * made yet, and whatever leads elsewhere, it makes.
 */
export class StraightPages {
  readonly #heads = new Map<string, Head>();

  /** A handler that makes such pages, and hands everything else on. */
  or(handle: Handle): Handle {
    return async (req, res) => {
      const { pages } = straightPages();
      // A form goes to its page's path with an empty query, and may come back from there.
      const path = (req.url ?? "").replace(/\?$/, "");
      const page = req.method === "GET" ? pages.get(path) : undefined;
      const context = currentRequest();
      if (page === undefined || context === undefined) return handle(req, res);
      try {
        const key = await keyOf(page, path);
        const head = this.#heads.get(key);
        if (head !== undefined) return answerWith(head, await bodyOf(page), res);
        context.headKey = key;
      } catch (error) {
        if (!isForNext(error)) return answerFailed(error, "render", req, res);
      }
      return handle(req, res);
    };
  }

  /** Keeps the head of a page that Next made. */
  keep(html: string, context: RequestContext, res: ServerResponse): void {
    const { headKey } = context;
    const end = html.indexOf("<body");
    if (headKey === undefined || res.statusCode !== 200 || end < 0) return;
    if (this.#heads.size >= MOST_HEADS) this.#heads.clear();
    const headers = { ...res.getHeaders() };
    for (const name of ownHeaders) delete headers[name];
    this.#heads.set(headKey, { headers, html: html.slice(0, end) });
  }
}

const nothingAsked = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };

const keyOf = async (page: StraightPage, path: string): Promise<string> =>
  JSON.stringify([path, await pageLocale(), answersRefused(), await page.generateMetadata()]);

async function bodyOf({ Page }: StraightPage): Promise<string> {
  const { layout } = straightPages();
  if (layout === undefined) throw new Error("A page was entered without its layout.");
  const html = await renderPage(createElement(layout, null, createElement(Page, nothingAsked)));
  return html.slice(html.indexOf("<body"));
}

function answerWith({ headers, html }: Head, body: string, res: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) res.setHeader(name, value);
  }
  res.writeHead(200);
  res.end(html + body);
}
