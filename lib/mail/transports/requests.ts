import { subscribe } from "node:diagnostics_channel";

/** A request as far as it is known to have come. */
type Watched = { isMade: boolean; hasLeft: boolean };

const byKey = new Map<string, Watched>();
const byRequest = new WeakMap<object, Watched>();

type Message = { request: { headers: unknown } };

// A list of names and values, or the lines of a header.
function keyOf({ request: { headers } }: Message): string | undefined {
  const parts = Array.isArray(headers) ? headers : String(headers).split(/: |\r\n/);
  return parts[parts.findIndex((part) => /^idempotency-key$/i.test(String(part))) + 1];
}

// What Node's fetch says of each request (https://undici.nodejs.org, "Diagnostics Channel Support"): its client
// here answers a lost connection and one that was never there alike.
subscribe("undici:request:create", (message) => {
  if (byKey.size === 0) return;
  const watched = byKey.get(keyOf(message as Message) ?? "");
  if (watched === undefined) return;
  watched.isMade = true;
  byRequest.set((message as Message).request, watched);
});
subscribe("undici:client:sendHeaders", (message) => {
  const watched = byRequest.get((message as Message).request);
  if (watched !== undefined) watched.hasLeft = true;
});

/**
 * Watches for the request with an Idempotency-Key.
 *
 * @returns `mayHaveLeft`: false where nothing of it was written to a connection; `end`, to be called once
 */
export function watchRequest(key: string): { mayHaveLeft(): boolean; end(): void } {
  const watched: Watched = { isMade: false, hasLeft: false };
  byKey.set(key, watched);
  return {
    mayHaveLeft: () => watched.hasLeft || !watched.isMade,
    end: () => byKey.delete(key),
  };
}
