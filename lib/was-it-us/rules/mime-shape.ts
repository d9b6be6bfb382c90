/** A part of a mail's source: its headers by their names, and the lines of its body. */
type Part = { headers: Map<string, string>; body: string[] };

type Leaf = "text/plain" | "text/html" | "message/rfc822";

const DEEPEST = 3;

// Of these a mail has one: of two, programs take the first or the last.
const once = /^(content-.+|mime-version|from|sender|to|cc|subject|date)$/;
// They lead elsewhere by a button of the reader's program, and no mail of ours has them.
const never = /^(reply-to|list-unsubscribe(-post)?|content-(base|location))$/;

const charsets = "utf-?8|us-ascii|iso-8859-\\d{1,2}|windows-125\\d";
const knownCharset = new RegExp(`^(${charsets})$`, "i");
const encodedWord = new RegExp(
  `=\\?(${charsets})\\?(b\\?([a-z0-9+/]{4})*([a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?|q\\?(=[0-9a-f]{2}|[!-<>@-~])*)\\?=`,
  "gi",
);

const asIs = /^(7bit|8bit|binary)$/i;
const preamble = "this is a multi-part message in mime format.";
const isBlank = (line: string) => line.trim() === "";

/** Reads headers up to the blank line behind them; null: something there is none, or stands twice. */
function readPart(lines: string[], isTop: boolean): Part | null {
  const end = lines.indexOf("");
  const folded = lines.slice(0, end < 0 ? lines.length : end);
  // As files with many mails begin each.
  if (isTop && /^>?From /.test(folded[0] ?? "")) folded.shift();
  const headers = new Map<string, string>();
  let name: string | null = null;
  for (const line of folded) {
    if (/^[ \t]/.test(line)) {
      if (name === null) return null;
      headers.set(name, `${headers.get(name)} ${line.trim()}`);
      continue;
    }
    const [, found, value] = /^([!-9;-~]+):(.*)$/.exec(line) ?? [];
    if (found === undefined || value === undefined) return null;
    name = found.toLowerCase();
    if (never.test(name) || (once.test(name) && headers.has(name))) return null;
    headers.set(name, value.trim());
  }
  return { headers, body: end < 0 ? [] : lines.slice(end + 1) };
}

/** A type or a disposition with its parameters; null: it is written in a way that is read in several. */
function readValue(value: string): { type: string; params: Map<string, string> } | null {
  const [type = "", ...written] = value.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  if (!/^[a-z]+(\/[a-z0-9.+-]+)?$/i.test(type.trim())) return null;
  const params = new Map<string, string>();
  for (const one of written.filter((text) => !isBlank(text))) {
    const [, name = "", quoted, bare] =
      /^\s*([a-z-]+)=(?:"([^"\\]*)"|([^\s"();]+))\s*$/i.exec(one) ?? [];
    const value = quoted ?? bare;
    if (value === undefined || params.has(name.toLowerCase())) return null;
    params.set(name.toLowerCase(), value);
  }
  return { type: type.trim().toLowerCase(), params };
}

/** Whether each program decodes a body to the same bytes. */
function isWellEncoded(encoding: string, body: readonly string[]): boolean {
  if (asIs.test(encoding)) return true;
  if (/^quoted-printable$/i.test(encoding)) {
    return body.every(
      (line) =>
        !line
          .replace(/=[0-9a-f]{2}/gi, "")
          .replace(/=$/, "")
          .includes("="),
    );
  }
  if (!/^base64$/i.test(encoding)) return false;
  const written = body.map((line) => line.trim()).join("");
  return written.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(written);
}

/** The parts between the lines of a boundary; null: there is more than them, or less. */
function split(body: readonly string[], boundary: string): string[][] | null {
  const parts: string[][] = [];
  let isOver = false;
  for (const line of body) {
    if (line.startsWith(`--${boundary}`)) {
      const behind = line.slice(boundary.length + 2).trimEnd();
      if (isOver || (behind !== "" && behind !== "--") || (behind === "--" && parts.length === 0)) {
        return null;
      }
      if (behind === "--") isOver = true;
      else parts.push([]);
    } else if (isOver || parts.length === 0) {
      if (!isBlank(line) && line.trim().toLowerCase() !== preamble) return null;
    } else {
      parts.at(-1)?.push(line);
    }
  }
  return isOver ? parts : null;
}

function leavesOf(part: Part | null, depth: number): Leaf[] | null {
  if (part === null) return null;
  const { headers, body } = part;
  const content = readValue(headers.get("content-type") ?? "text/plain");
  const disposition = readValue(headers.get("content-disposition") ?? "inline");
  if (content === null || disposition === null) return null;
  const encoding = headers.get("content-transfer-encoding") ?? "7bit";
  const { type, params } = content;
  if (type === "text/plain" || type === "text/html") {
    const isShown = disposition.type === "inline" && disposition.params.size === 0;
    const isKnown = knownCharset.test(params.get("charset") ?? "us-ascii");
    const isOne = isShown && isKnown && params.get("delsp")?.toLowerCase() !== "yes";
    return isOne && isWellEncoded(encoding, body) ? [type] : null;
  }
  if (!asIs.test(encoding)) return null;
  if (type === "message/rfc822") return [type];
  const boundary = params.get("boundary") ?? "";
  if (!/^multipart\/(alternative|mixed|related)$/.test(type) || depth >= DEEPEST) return null;
  const parts = boundary === "" ? null : split(body, boundary);
  const leaves = parts?.map((lines) => leavesOf(readPart(lines, false), depth + 1));
  return leaves?.every((one) => one !== null) ? leaves.flat() : null;
}

/**
 * Whether all programs read the same in a mail's source: what is written so that one takes it otherwise than
 * another (two headers of a name, an odd charset, bytes that are no base64, text between parts) could show
 * its reader something else than what was compared here.
 */
export function hasOneReading(source: string): boolean {
  // A program takes one that stands alone for the end of a line, and another does not.
  if (/\r(?!\n)/.test(source)) return false;
  const lines = source.split(/\r?\n/);
  const top = readPart(lines, true);
  const leaves = leavesOf(top, 0);
  if (top === null || leaves === null) return false;
  if ((top.headers.get("subject") ?? "").replace(encodedWord, "").includes("=?")) return false;
  const count = (type: Leaf) => leaves.filter((one) => one === type).length;
  return (["text/plain", "text/html", "message/rfc822"] as const).every((type) => count(type) <= 1);
}
