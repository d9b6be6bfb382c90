import type { IncomingMessage } from "node:http";
import { type Encoded, encode } from "@/lib/server/gate/encode";
import type { OwnFiles } from "@/lib/server/gate/own-files";
import { isMailFrame, isPublicFile, isUnder } from "@/lib/server/gate/path-rules";
import type { GateSettings } from "@/lib/server/gate/settings";

const scripts = /<script\b[^>]*>[\s\S]*?<\/script>/g;
const preloads = /<link rel="(?:preload|modulepreload)"[^>]*\bas="script"[^>]*>/g;
// Of a style that is asked for a line below, by another address.
const ownPreloads = /<link rel="preload" href="\/styles\/[^>]*>/g;
const ours = /^<script type="module" src="(\/scripts\/[\w-]+\.js)"><\/script>$/;
// By these the framework finds its place again in browsers.
const marks = /<!--[^>]*-->/g;
const emptied = '<div hidden=""></div>';
// A script that one of ours asks for, where the browser can do what it is for.
const later = /(?<=\sdata-script=")\/scripts\/[\w-]+\.js(?=")/g;
const styles = /<link rel="stylesheet" href="(\/styles\/[\w-]+\.css)"/g;

/**
 * A page without the framework's scripts: browsers post the forms and follow the links by themselves
 * (decision 0010), and a page is what it is without them. Ours stay, each named once and, as the styles
 * of ours, by its version.
 * Nothing that somebody typed is taken for a script: React writes each `<` of it as `&lt;`.
 */
export function plainPage(html: string, own: OwnFiles): string {
  const named = new Set<string>();
  const keep = (tag: string) => {
    const name = ours.exec(tag)?.[1] ?? "";
    const address = own.addressOf(name);
    if (address === null || named.has(name)) return "";
    named.add(name);
    return `<script type="module" src="${address}"></script>`;
  };
  return html
    .replace(marks, "")
    .replace(emptied, "")
    .replace(scripts, keep)
    .replace(preloads, "")
    .replace(ownPreloads, "")
    .replace(later, (path) => own.addressOf(path) ?? path)
    .replace(styles, (tag, path) => tag.replace(path, own.addressOf(path) ?? path));
}

// These are no pages, may be long, and are compressed by Next while they are written.
const isFile = (path: string) =>
  isPublicFile(path) ||
  isUnder(path, "/api") ||
  isMailFrame(path) ||
  /(\.csv|\/export)$/.test(path);

/**
 * How a page that is asked for goes out: plain, whole and compressed. Takes from the request what Next
 * would compress it by, while it is written.
 *
 * @param path null where it could not be read
 * @param keep is given the plain page
 */
export function takePage(
  req: IncomingMessage,
  path: string | null,
  { dev, files: own }: Pick<GateSettings, "dev" | "files">,
  keep: (html: string) => void,
): ((html: Buffer) => Encoded) | undefined {
  // Hot reload needs the framework's.
  if (dev || own === undefined || path === null || isFile(path)) return undefined;
  const accepted = req.headers["accept-encoding"] ?? "";
  delete req.headers["accept-encoding"];
  return (html) => {
    const plain = plainPage(html.toString(), own);
    keep(plain);
    return encode(Buffer.from(plain), accepted, "each");
  };
}
