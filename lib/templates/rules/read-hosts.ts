import { HOSTS_MOST } from "@/lib/templates/rules/limits";

/** A typed host that is none, or is not taken, and why. */
export type HostFault = {
  /** As it was typed; empty: of all of them. */
  typed: string;
  error: "not-a-host" | "address" | "port" | "wildcard" | "too-many";
};

const TYPED_MOST = 20_000;
// A name of two parts or more, none of which begins or ends with a dash; the last one is no number.
const host = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * Reads hosts as an admin types them, one a line or apart by commas or blanks; each as addresses are
 * compared: lower case, and letters beyond ASCII as IDN writes them (RFC 5891).
 */
export function readHosts(typed: string): { hosts: string[]; faults: HostFault[] } {
  if (typed.length > TYPED_MOST) return { hosts: [], faults: [{ typed: "", error: "too-many" }] };
  const hosts = new Set<string>();
  const faults: HostFault[] = [];
  for (const one of typed.split(/[\s,;]+/u).filter(Boolean)) {
    const read = readHost(one);
    if (typeof read === "string") hosts.add(read);
    else faults.push(read);
  }
  if (hosts.size > HOSTS_MOST) faults.push({ typed: "", error: "too-many" });
  return { hosts: [...hosts].sort(), faults };
}

function readHost(typed: string): string | HostFault {
  if (typed.includes("*")) return { typed, error: "wildcard" };
  const url = parse(/^https:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null || url.username !== "" || url.password !== "") {
    return { typed, error: "not-a-host" };
  }
  if (/^[\d.]+$|^\[/.test(url.hostname)) return { typed, error: "address" };
  if (url.port !== "" || /:\d*\/?$/.test(typed)) return { typed, error: "port" };
  const isAlone = url.pathname === "/" && url.search === "" && url.hash === "";
  return isAlone && host.test(url.hostname) ? url.hostname : { typed, error: "not-a-host" };
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
