/** A browser without JavaScript, as far as signing in needs one: it keeps cookies and posts forms. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  /** @param headers sent with every request, such as the address a proxy would name */
  constructor(
    private readonly origin: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** A page's HTML after redirects. Throws for any answer but 200. */
  async open(path: string): Promise<string> {
    const answer = await this.send(path, {});
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    return answer.text();
  }

  /** Fills in the form of a page that holds `button`, and sends it. Returns the page that follows. */
  async submit(path: string, button: string, fields: Record<string, string>): Promise<string> {
    const forms = (await this.open(path)).match(/<form.*?<\/form>/gs) ?? [];
    const form = forms.find((one) => one.includes(`>${button}</button>`));
    if (form === undefined) throw new Error(`${path} has no button ${button}.`);
    const body = new FormData();
    for (const [, name = "", value = ""] of form.matchAll(
      /<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g,
    ))
      body.set(name, value);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return (await this.send(path, { method: "POST", body })).text();
  }

  private async send(path: string, request: RequestInit): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(new URL(path, this.origin), {
      ...request,
      headers: { ...this.headers, cookie, origin: this.origin },
      redirect: "manual",
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    return location === null ? answer : this.send(location, {});
  }
}
