import { type Brought, currentRequest } from "@/lib/log/request-context";

/**
 * Looks once for the page being made, whichever of its parts ask. A form that is judged looks anew each
 * time, for what it does may change what is seen.
 */
export function onceForPage<Seen>(look: () => Promise<Seen>): () => Promise<Seen> {
  const known = new WeakMap<Brought, Promise<Seen>>();
  return () => {
    const { brought, form, staleForm } = currentRequest() ?? {};
    if (brought === undefined || (form !== undefined && staleForm === undefined)) return look();
    const seen = known.get(brought) ?? look();
    known.set(brought, seen);
    return seen;
  };
}
