import { Agent, type IncomingHttpHeaders, request } from "node:http";

/** An answer as it came: redirects are not followed, and nothing is unpacked. */
export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
  /** From the request's first byte to the answer's, in milliseconds. */
  firstByteMs: number;
};

/** A form of a page as a browser sends it. */
export type Form = { isMultipart: boolean; hidden: [string, string][] };

const boundary = "----portaria-bench";
const LONGEST_MS = 30_000;

const plain = (text: string) =>
  text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");

/** The form of a page that holds the button of this name. Throws where there is none. */
export function formOf(html: string, button: string): Form {
  const forms = html.match(/<form.*?<\/form>/gs) ?? [];
  const form = forms.find((one) => one.includes(`>${button}</button>`));
  if (form === undefined) throw new Error(`The page has no button ${button}.`);
  const hidden = form.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g);
  return {
    isMultipart: /^<form[^>]*"multipart\/form-data"/i.test(form),
    hidden: [...hidden].map(([, name = "", value = ""]) => [plain(name), plain(value)]),
  };
}

/** A browser without JavaScript, as far as signing in needs one: it keeps cookies and posts forms. */
export class Visitor {
  private readonly cookies = new Map<string, string>();
  private readonly headers: Record<string, string>;
  private readonly agent: Agent;

  /**
   * @param settings.headers sent with every request, such as the address a proxy would name
   * @param settings.agent whose connections are used; else the visitor keeps one of its own
   */
  constructor(
    private readonly origin: string,
    settings: { headers?: Record<string, string>; agent?: Agent } = {},
  ) {
    this.headers = settings.headers ?? {};
    this.agent = settings.agent ?? new Agent({ keepAlive: true });
  }

  has(cookie: string): boolean {
    return this.cookies.has(cookie);
  }

  take(cookie: string, value: string): void {
    this.cookies.set(cookie, value);
  }

  /** A page's HTML after redirects. Throws for any answer but 200. */
  async open(path: string): Promise<string> {
    const answer = await this.follow(await this.get(path));
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    return answer.text;
  }

  /** Fills in the form of a page that holds `button`, and sends it. Returns the page that follows. */
  async submit(path: string, button: string, fields: Record<string, string>): Promise<string> {
    const form = formOf(await this.open(path), button);
    return (await this.follow(await this.post(path, form, fields))).text;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send("GET", path, headers);
  }

  /** Sends a form with its hidden fields and these. */
  post(path: string, form: Form, fields: Record<string, string>): Promise<Answer> {
    const all = [...form.hidden, ...Object.entries(fields)];
    const type = form.isMultipart
      ? `multipart/form-data; boundary=${boundary}`
      : "application/x-www-form-urlencoded";
    const body = form.isMultipart ? multipart(all) : new URLSearchParams(all).toString();
    return this.send("POST", path, { "content-type": type, origin: this.origin }, body);
  }

  private follow(answer: Answer): Promise<Answer> {
    const { location } = answer.headers;
    if (location === undefined) return Promise.resolve(answer);
    const { pathname, search } = new URL(location, this.origin);
    return this.get(pathname + search).then((next) => this.follow(next));
  }

  private async send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const answer = await new Promise<Answer>((resolve, reject) => {
      const begin = performance.now();
      const asked = request(new URL(path, this.origin), {
        method,
        agent: this.agent,
        timeout: LONGEST_MS,
        headers: { ...this.headers, ...(cookie && { cookie }), ...headers, ...length },
      });
      asked.on("timeout", () => asked.destroy(new Error(`${method} ${path} had no answer.`)));
      asked.on("error", reject);
      asked.on("response", (response) => {
        const firstByteMs = performance.now() - begin;
        const chunks: Buffer[] = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const all = Buffer.concat(chunks);
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, body: all, text: all.toString(), firstByteMs });
        });
      });
      asked.end(body);
    });
    for (const line of answer.headers["set-cookie"] ?? []) this.store(line);
    return answer;
  }

  private store(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "" || /;\s*max-age=0\b/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

function multipart(fields: [string, string][]): string {
  const parts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--${boundary}--\r\n`;
}
