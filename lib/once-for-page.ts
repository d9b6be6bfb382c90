import { type Brought, currentRequest } from "@/lib/log/request-context";

type Known<Seen> = WeakMap<Brought, Promise<Seen>>;

// The server's own modules and Next's bundle each evaluate this file; what one has seen the other need not look for.
function knownBy<Seen>(name: string): Known<Seen> {
  const key = Symbol.for(`portaria.once-for-page.${name}`);
  const holder = globalThis as { [key]?: Known<Seen> };
  holder[key] ??= new WeakMap();
  return holder[key];
}

/**
 * Looks once for the page being made, whichever of its parts ask. A form that is judged looks anew each
 * time, for what it does may change what is seen.
 *
 * @param name of what the gate looks at too: its look is the page's
 */
export function onceForPage<Seen>(look: () => Promise<Seen>, name?: string): () => Promise<Seen> {
  const known: Known<Seen> = name === undefined ? new WeakMap() : knownBy(name);
  return () => {
    const { brought, form, staleForm } = currentRequest() ?? {};
    if (brought === undefined || (form !== undefined && staleForm === undefined)) return look();
    const seen = known.get(brought) ?? look();
    known.set(brought, seen);
    return seen;
  };
}
