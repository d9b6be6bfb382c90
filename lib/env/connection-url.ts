import { isIP } from "node:net";
import { userInfo } from "node:os";
import { Expected } from "@/lib/env/env-values";

type Parts = {
  scheme: string;
  user: string | undefined;
  password: string | undefined;
  host: string;
  port: number | undefined;
  /** Without the slash before it. */
  path: string;
  parameters: Map<string, string>;
};

const encodings =
  "%40 for @, %3A for :, %2F for /, %3F for ?, %23 for # and %25 for % in user and password";
const databaseExpected = `a URL such as postgresql://user:password@host:5432/name, with ${encodings}`;
const smtpExpected = `a URL such as smtp://user:password@host:587, with ${encodings}`;

const databaseParameters = [
  ...["host", "port", "options", "application_name"],
  ...["sslmode", "sslrootcert", "sslcert", "sslkey", "sslnegotiation"],
];
const smtpSwitches = ["requireTLS", "ignoreTLS", "tls.rejectUnauthorized"];
const smtpParameters = [...smtpSwitches, "name", "tls.servername"];

// The client knows TLS with a checked certificate and without; these names all mean the first to it.
const checkedModes = ["require", "verify-ca", "verify-full"];

/**
 * Reads `DATABASE_URL`: all that it leaves to the client's own defaults, the user and the database, is
 * written out, and a Unix socket (`?host=/var/run/postgresql`) takes the form that every client of
 * ours reads. Throws `Expected`.
 */
export function readDatabaseUrl(text: string): string {
  const parts = split(text, ["postgres", "postgresql"], databaseExpected);
  const { parameters } = parts;
  if (parameters.has("schema"))
    throw new Expected(
      "a URL without the parameter schema, because the tables are kept in the schema public: give Portaria a database of its own",
    );
  checkParameters(parameters, databaseParameters, databaseExpected);
  const host = parameters.get("host") ?? parts.host;
  const port = portOf(parameters.get("port"), databaseExpected) ?? parts.port ?? 5432;
  if (!host.startsWith("/") && !isHost(host)) throw new Expected(databaseExpected);
  if (/[/?#]/.test(parts.path)) throw new Expected(databaseExpected);
  const user = parts.user || userOfThisProcess();
  const database = parts.path || user;
  const mode = parameters.get("sslmode");
  if (mode !== undefined && ![...checkedModes, "disable", "no-verify"].includes(mode))
    throw new Expected(
      "a URL whose sslmode is disable, require, verify-ca or verify-full (TLS with a certificate that is checked) or no-verify (TLS without that)",
    );
  const query = new URLSearchParams();
  for (const [name, value] of parameters)
    if (name !== "host" && name !== "port") query.set(name, value);
  if (mode !== undefined && checkedModes.includes(mode)) query.set("sslmode", "verify-full");
  return join({ ...parts, scheme: "postgresql", user, host, port, path: database }, query);
}

/**
 * Reads `SMTP_URL`. The port says how TLS begins, whatever the scheme: from the first byte on 465, and
 * with STARTTLS, which `smtps:` then insists on, on 25 and 587. Throws `Expected`.
 */
export function readSmtpUrl(text: string): string {
  const parts = split(text, ["smtp", "smtps"], smtpExpected);
  checkParameters(parts.parameters, smtpParameters, smtpExpected);
  if (!isHost(parts.host) || parts.path !== "") throw new Expected(smtpExpected);
  const isHalf = parts.user === undefined ? parts.password !== undefined : !parts.password;
  if (isHalf) throw new Expected(smtpExpected);
  for (const name of smtpSwitches)
    if (!["true", "false", undefined].includes(parts.parameters.get(name)))
      throw new Expected(`${smtpExpected}, and ${smtpSwitches.join(", ")} true or false`);
  const query = new URLSearchParams([...parts.parameters]);
  let { scheme } = parts;
  if (parts.port === 465) scheme = "smtps";
  else if (scheme === "smtps" && (parts.port === 25 || parts.port === 587)) {
    scheme = "smtp";
    query.set("requireTLS", "true");
  }
  return join({ ...parts, scheme }, query);
}

const imapParameters = ["tls.rejectUnauthorized", "tls.servername", "address"];

/** A mailbox that is read over IMAP, TLS from the first byte. */
export type ImapMailbox = {
  host: string;
  port: number;
  user: string;
  password: string;
  /** The folder in it. */
  folder: string;
  /** Whether its certificate is checked. */
  checksCertificate: boolean;
  /** The name that its certificate is for, where that is not the host's. */
  serverName: string | undefined;
  /** The address that mail reaches it by, where it was named. */
  address: string | undefined;
};

/** Reads a mailbox as `imaps://user:password@host/folder`. Throws `Expected`. */
export function readImapUrl(text: string, expected: string): ImapMailbox {
  const { user, password, host, port, path, parameters } = split(text, ["imaps"], expected);
  checkParameters(parameters, imapParameters, expected);
  if (!isHost(host) || !user || !password) throw new Expected(expected);
  const checks = parameters.get("tls.rejectUnauthorized") ?? "true";
  if (!["true", "false"].includes(checks)) throw new Expected(expected);
  return {
    ...{ host, port: port ?? 993, user, password, folder: path || "INBOX" },
    checksCertificate: checks === "true",
    serverName: parameters.get("tls.servername"),
    address: parameters.get("address"),
  };
}

/** How a database that `readDatabaseUrl` read is named to the operator: host and port, or a socket. */
export function endpointOf(databaseUrl: string): string {
  const { hostname, port } = new URL(databaseUrl);
  const host = decodeURIComponent(hostname);
  return host.startsWith("/") ? host : `${host}:${port || "5432"}`;
}

// By hand: URL takes half a password for the host when a sign in it is not encoded.
function split(text: string, schemes: string[], expected: string): Parts {
  const wrong = new Expected(expected);
  const [, scheme = "", rest = ""] = /^([a-z]+):\/\/(.*)$/is.exec(text) ?? [];
  if (!schemes.includes(scheme.toLowerCase()) || /[\s\p{Cc}#\\]/u.test(rest)) throw wrong;
  const [, authority = "", path = "", query = ""] = /^([^/?]*)\/?([^?]*)\??(.*)$/s.exec(rest) ?? [];
  const [first = "", second, ...more] = authority.split("@");
  if (more.length > 0 || path.includes("@") || query.includes("@")) throw wrong;
  const [, user, password] = second === undefined ? [] : (/^([^:]*)(?::(.*))?$/s.exec(first) ?? []);
  const hostAndPort = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d+))?$/.exec(second ?? first);
  if (hostAndPort === null) throw wrong;
  const decode = (part: string) => {
    let decoded = "\0";
    try {
      decoded = decodeURIComponent(part);
    } catch {}
    // Both protocols end a text with this character.
    if (decoded.includes("\0")) throw wrong;
    return decoded;
  };
  const parameters = new Map<string, string>();
  for (const pair of query.split("&").filter((part) => part !== "")) {
    const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
    parameters.set(decode(name), decode(value));
  }
  return {
    scheme: scheme.toLowerCase(),
    user: user === undefined || user === "" ? undefined : decode(user),
    password: password === undefined ? undefined : decode(password),
    host: decode((hostAndPort[1] ?? "").replace(/^\[(.*)\]$/, "$1")),
    port: portOf(hostAndPort[2], expected),
    path: decode(path),
    parameters,
  };
}

function portOf(text: string | undefined, expected: string): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw new Expected(expected);
  return port;
}

// A name that nobody has heard of may be a piece of a password, so it is not repeated.
function checkParameters(parameters: Map<string, string>, known: string[], expected: string) {
  if ([...parameters.keys()].every((name) => known.includes(name))) return;
  throw new Expected(`${expected}, and no parameters but ${known.join(", ")}`);
}

function isHost(host: string): boolean {
  if (host.includes("..")) return false;
  return isIP(host) > 0 || /^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?$/u.test(host);
}

function userOfThisProcess(): string {
  try {
    return userInfo().username;
  } catch {
    throw new Expected(databaseExpected);
  }
}

function join(parts: Parts, query: URLSearchParams): string {
  const { scheme, user, password, host, port, path } = parts;
  const secret = password === undefined ? "" : `:${encodeURIComponent(password)}`;
  const login = user === undefined ? "" : `${encodeURIComponent(user)}${secret}@`;
  const hostText = host.includes(":") ? `[${host}]` : encodeURIComponent(host);
  // Clients read the path with decodeURI, which leaves characters such as %40 as they are.
  const behind = path === "" ? "" : `/${encodeURI(path)}`;
  const parameters = query.size > 0 ? `?${query.toString().replaceAll("+", "%20")}` : "";
  return `${scheme}://${login}${hostText}${port === undefined ? "" : `:${port}`}${behind}${parameters}`;
}
