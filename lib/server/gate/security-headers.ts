import { SCRIPTS_FOLDER } from "@/lib/server/gate/path-rules";

/** What the headers of an answer depend on. */
export type SecurityFacts = {
  /** The public origin. */
  appUrl: string;
  logoUrl: string | undefined;
  /** The host and port that was asked for; null where it is none. */
  host: string | null;
  /** Development: hot reload needs `eval`, a web socket, and the framework's scripts and styles inline. */
  dev: boolean;
  /** Under `/mailbox`: the frame that shows a mail inherits the page's policy, and mails style inline. */
  showsMail: boolean;
  /** A mail alone, in a frame of a page of ours. */
  isMailFrame: boolean;
};

// A policy cannot spell an IPv6 address.
const spelled = /^[a-z0-9.-]+(:\d+)?$/;

/**
 * The folder of our own scripts, under the public name and the one asked for. The whole site would be too
 * much: what customers upload is on it.
 */
function scriptSources({ appUrl, host }: SecurityFacts): string[] {
  const hosts = new Set([new URL(appUrl).host, ...(host === null ? [] : [host])]);
  const sources = [...hosts]
    .filter((one) => spelled.test(one))
    .map((one) => `${one}${SCRIPTS_FOLDER}/`);
  return sources.length === 0 ? ["'none'"] : sources;
}

const logoSources = ({ logoUrl }: SecurityFacts): string[] =>
  logoUrl === undefined ? [] : [new URL(logoUrl).origin];

/** The Content-Security-Policy of an answer. */
export function contentSecurityPolicy(facts: SecurityFacts): string {
  const { dev, showsMail } = facts;
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": dev ? ["'self'", "'unsafe-inline'", "'unsafe-eval'"] : scriptSources(facts),
    "style-src": ["'self'", ...(dev || showsMail ? ["'unsafe-inline'"] : [])],
    "img-src": ["'self'", "data:", ...logoSources(facts)],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(dev ? ["ws:", "wss:"] : [])],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}

/**
 * The Content-Security-Policy of a file that somebody uploaded, or that holds what they typed: whatever
 * a browser takes it for, it runs nothing, loads nothing and is of no site.
 */
export const FILE_POLICY = [
  "default-src 'none'",
  "script-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "sandbox",
].join("; ");

/**
 * The Content-Security-Policy of a mail alone: it runs nothing, sends nothing and loads no pictures but
 * ours, and only our own pages may frame it. Mails style inline.
 */
export const mailFramePolicy = (facts: SecurityFacts): string =>
  [
    "default-src 'none'",
    "script-src 'none'",
    "style-src 'unsafe-inline'",
    ["img-src 'self'", ...logoSources(facts)].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "sandbox",
  ].join("; ");

const oneYearSeconds = 365 * 24 * 60 * 60;

/** The headers that every answer carries, whatever it is and whoever wrote it (contract, "Headers"). */
export function securityHeaders(facts: SecurityFacts): Record<string, string> {
  const { isMailFrame } = facts;
  return {
    "Content-Security-Policy": isMailFrame ? mailFramePolicy(facts) : contentSecurityPolicy(facts),
    "X-Content-Type-Options": "nosniff",
    // Not no-referrer: browsers would then send forms with Origin null, which is refused.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy":
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": isMailFrame ? "SAMEORIGIN" : "DENY",
    ...(facts.appUrl.startsWith("https:")
      ? { "Strict-Transport-Security": `max-age=${oneYearSeconds}` }
      : {}),
  };
}
