import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { type Encoded, encode } from "@/lib/server/gate/encode";
import { SCRIPTS_FOLDER, STYLES_FOLDER } from "@/lib/server/gate/path-rules";

type OwnFile = { type: string; body: Buffer; version: string; encoded: Map<string, Encoded> };

/** The pages' scripts and styles that the gate itself serves, by their paths. */
export type OwnFiles = {
  /** The address of a file, with a version that changes with it; null where there is none. */
  addressOf(path: string): string | null;
  /** Answers with the file at a path; false where there is none. */
  serve(req: IncomingMessage, res: ServerResponse, path: string): boolean;
};

function fileOf(type: string, body: Buffer): OwnFile {
  const version = createHash("sha256").update(body).digest("base64url").slice(0, 12);
  return { type: `${type}; charset=utf-8`, body, version, encoded: new Map() };
}

function readScripts(directory: string): [path: string, file: OwnFile][] {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  return names
    .filter((name) => name.endsWith(".js"))
    .map((name) => [
      `${SCRIPTS_FOLDER}/${name}`,
      fileOf("text/javascript", readFileSync(join(directory, name))),
    ]);
}

/**
 * @param scripts the directory in which they were compiled
 * @param styles what they hold, by their names without `.css`
 */
export function openOwnFiles(scripts: string, styles: Record<string, string>): OwnFiles {
  const sheets = Object.entries(styles).map(([name, text]): [string, OwnFile] => [
    `${STYLES_FOLDER}/${name}.css`,
    fileOf("text/css", Buffer.from(text)),
  ]);
  const files = new Map([...readScripts(scripts), ...sheets]);
  return {
    addressOf: (path) => {
      const file = files.get(path);
      return file === undefined ? null : `${path}?v=${file.version}`;
    },
    serve: (req, res, path) => {
      const file = req.method === "POST" ? undefined : files.get(path);
      if (file === undefined) return false;
      const accepted = req.headers["accept-encoding"] ?? "";
      const { body, headers } = file.encoded.get(accepted) ?? encode(file.body, accepted, "once");
      // Few kinds of browsers ask, but anybody may make up more.
      if (file.encoded.size < 50) file.encoded.set(accepted, { body, headers });
      const isVersioned = (req.url ?? "").endsWith(`?v=${file.version}`);
      res.writeHead(200, {
        "Content-Type": file.type,
        "Content-Length": body.length,
        "Cache-Control": isVersioned ? "public, max-age=31536000, immutable" : "no-cache",
        ...headers,
      });
      res.end(req.method === "HEAD" ? undefined : body);
      return true;
    },
  };
}
