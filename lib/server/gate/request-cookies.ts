import { stringifySetCookie } from "cookie";
import type { CookieJar, CookieOptions } from "@/lib/log/request-context";
import { readCookie } from "@/lib/server/gate/cookie";

/** The cookies of one request, and those that its answer is to set. */
export class RequestCookies implements CookieJar {
  readonly #set = new Map<string, { value: string; options: CookieOptions }>();

  /** @param header the request's `Cookie` header as it is by then: the gate cleans it first */
  constructor(private readonly header: () => string | undefined) {}

  get(name: string): string | undefined {
    const set = this.#set.get(name);
    if (set !== undefined) return set.value;
    const came = readCookie(this.header(), name);
    return came === undefined ? undefined : decoded(came);
  }

  set(name: string, value: string, options: CookieOptions): void {
    this.#set.set(name, { value, options });
  }

  /** The `Set-Cookie` headers of what was set, once: each answer sets its cookies a single time. */
  take(): string[] {
    const headers = [...this.#set].map(([name, { value, options }]) =>
      stringifySetCookie({ name, value, ...options }, { encode: encodeURIComponent }),
    );
    this.#set.clear();
    return headers;
  }
}

// What is no encoding of anything stands for itself; whoever reads it judges it.
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
