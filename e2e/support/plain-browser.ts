import type { APIRequestContext, APIResponse } from "@playwright/test";

const entities: Record<string, string> = {
  "&amp;": "&",
  "&quot;": '"',
  "&#x27;": "'",
  "&lt;": "<",
};
const decoded = (text: string) =>
  text.replace(/&(amp|quot|#x27|lt);/g, (found) => entities[found] ?? found);

const attribute = (tag: string, name: string) =>
  decoded(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");

/** Fills in the site's forms over plain HTTP, as a browser without a screen or scripts. */
export class PlainBrowser {
  /** @param headers what each request has beside those of `http` */
  constructor(
    readonly http: APIRequestContext,
    private readonly headers: Record<string, string> = {},
  ) {}

  /**
   * What a form would send by itself.
   *
   * @param holds a field's name or a button's words, by which the form is found on the page
   */
  async readForm(path: string, holds: string): Promise<Record<string, string>> {
    const page = await (await this.http.get(path, { headers: this.headers })).text();
    const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? [];
    const form = forms.find((one) => one.includes(`name="${holds}"`) || one.includes(`>${holds}<`));
    if (form === undefined) throw new Error(`There is no form with ${holds} at ${path}.`);
    const hidden = (form.match(/<input[^>]*type="hidden"[^>]*>/g) ?? []).map((tag) => [
      attribute(tag, "name"),
      attribute(tag, "value"),
    ]);
    return Object.fromEntries(hidden);
  }

  /** Sends fields as they are. Redirects are not followed. */
  post(path: string, fields: Record<string, string>): Promise<APIResponse> {
    const { headers } = this;
    return this.http.post(path, { multipart: fields, maxRedirects: 0, headers });
  }

  /** Fills in a form found as by `readForm`, and sends it to its page. */
  async send(path: string, holds: string, fields: Record<string, string>): Promise<APIResponse> {
    return this.post(path, { ...(await this.readForm(path, holds)), ...fields });
  }

  signIn(who: { email: string; password: string }): Promise<APIResponse> {
    return this.send("/login", "password", { email: who.email, password: who.password });
  }

  typeCode(code: string): Promise<APIResponse> {
    return this.send("/verify", "code", { code });
  }
}

/** Where an answer leads; null where it leads nowhere. */
export function leadsTo(answer: APIResponse): string | null {
  return answer.headers().location ?? null;
}
