import { PAGE_SECONDS } from "@/lib/canary/rules/limits";
import { formWith } from "@/lib/canary/rules/page-form";
import { canaryHeader } from "@/lib/client/canary-arrival";

/** A page as it came: its path after redirects, and what stands in it. */
export type Page = { path: string; html: string };

/** The site, as a customer's browser without scripts reaches it: it keeps cookies and posts forms. */
export class Site {
  readonly #cookies = new Map<string, string>();

  /**
   * @param settings.arrival signed, see lib/client/canary-arrival.ts
   * @param settings.signal ends whatever is waited for
   * @param settings.goesNotTo a path that is not opened where an answer leads there: its page is empty
   */
  constructor(
    private readonly origin: string,
    private readonly settings: { arrival: string; signal: AbortSignal; goesNotTo: string },
  ) {}

  /** Opens a page. Throws for any answer but 200. */
  open(path: string): Promise<Page> {
    return this.#send(path, {});
  }

  /**
   * Fills in the form of a page that holds `field`, and sends it.
   *
   * @returns the page that follows
   * @throws where the page has none, or what follows is not 200
   */
  async submit(page: Page, field: string, typed: Record<string, string>): Promise<Page> {
    const form = formWith(page.html, field);
    if (form === null) throw new Error(`The page ${page.path} has no field ${field}.`);
    const body = form.isMultipart ? new FormData() : new URLSearchParams();
    for (const [name, value] of [...form.hidden, ...Object.entries(typed)]) body.set(name, value);
    const { pathname, search } = new URL(form.action, new URL(page.path, this.origin));
    return this.#send(pathname + search, { method: "POST", body });
  }

  async #send(path: string, init: RequestInit, redirects = 0): Promise<Page> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(new URL(path, this.origin), {
      ...init,
      redirect: "manual",
      signal: AbortSignal.any([this.settings.signal, AbortSignal.timeout(PAGE_SECONDS * 1000)]),
      headers: {
        "accept-language": "en",
        "user-agent": "Portaria-Canary/1.0",
        origin: this.origin,
        [canaryHeader]: this.settings.arrival,
        ...(cookie === "" ? {} : { cookie }),
      },
    });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    const html = await answer.text();
    const location = answer.headers.get("location");
    if (location !== null && redirects < 5) {
      const to = new URL(location, new URL(path, this.origin));
      // No link of another site's is followed, by which the signed header would go there.
      if (to.origin !== new URL(this.origin).origin) throw new Error(`${path} leads elsewhere.`);
      if (to.pathname === this.settings.goesNotTo) return { path: to.pathname, html: "" };
      return this.#send(to.pathname + to.search, {}, redirects + 1);
    }
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    return { path: path.split("?", 1)[0] ?? path, html };
  }

  #keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "" || /;\s*max-age=0\b/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
