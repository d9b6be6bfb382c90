import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { type Encoded, encode } from "@/lib/server/gate/encode";
import { SCRIPTS_FOLDER } from "@/lib/server/gate/path-rules";

type Script = { body: Buffer; version: string; encoded: Map<string, Encoded> };

/** The scripts of our own, by their names. */
export type OwnScripts = {
  /** The address of a script, with a version that changes with it. */
  addressOf(name: string): string | null;
  /** Answers with the script at a path; false where there is none. */
  serve(req: IncomingMessage, res: ServerResponse, path: string): boolean;
};

function read(directory: string): Map<string, Script> {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  return new Map(
    names
      .filter((name) => name.endsWith(".js"))
      .map((name) => {
        const body = readFileSync(join(directory, name));
        const version = createHash("sha256").update(body).digest("base64url").slice(0, 12);
        return [name, { body, version, encoded: new Map() }];
      }),
  );
}

/** @param directory in which they were compiled */
export function openScripts(directory: string): OwnScripts {
  const scripts = read(directory);
  return {
    addressOf: (name) => {
      const script = scripts.get(name);
      return script === undefined ? null : `${SCRIPTS_FOLDER}/${name}?v=${script.version}`;
    },
    serve: (req, res, path) => {
      if (req.method === "POST" || !path.startsWith(`${SCRIPTS_FOLDER}/`)) return false;
      const script = scripts.get(path.slice(SCRIPTS_FOLDER.length + 1));
      if (script === undefined) return false;
      const accepted = req.headers["accept-encoding"] ?? "";
      const { body, headers } =
        script.encoded.get(accepted) ?? encode(script.body, accepted, "once");
      // Few kinds of browsers ask, but anybody may make up more.
      if (script.encoded.size < 50) script.encoded.set(accepted, { body, headers });
      const isVersioned = (req.url ?? "").endsWith(`?v=${script.version}`);
      res.writeHead(200, {
        "Content-Type": "text/javascript; charset=utf-8",
        "Content-Length": body.length,
        "Cache-Control": isVersioned ? "public, max-age=31536000, immutable" : "no-cache",
        ...headers,
      });
      res.end(req.method === "HEAD" ? undefined : body);
      return true;
    },
  };
}
