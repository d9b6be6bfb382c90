import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import tailwind from "@tailwindcss/postcss";
import { build } from "esbuild";
import postcss from "postcss";
import type * as Page from "@/e2e/support/editor-page";
import { compileScripts } from "@/lib/building/compile.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import type { Locale } from "@/lib/i18n/locales";
import { securityHeaders } from "@/lib/server/gate/security-headers";

const root = new URL("../..", import.meta.url).pathname;

/** One pixel, as PNG. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** What a page of the server opens with. */
export type Opening = {
  language?: Locale;
  subject?: string;
  preview?: string;
  text?: string;
  /** The page of the plain editor. */
  isPlain?: boolean;
  /** Nothing was uploaded yet, and no block is named. */
  isBare?: boolean;
};

export type EditorServer = {
  /** The address of a page that opens with this. */
  addressOf(opening: Opening): string;
  /** The forms that were posted, by path. */
  posted: { path: string; fields: FormData }[];
  close(): Promise<void>;
};

async function stylesOf(): Promise<string> {
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const from = join(root, "app/globals.css");
  const { css } = await postcss([tailwind()]).process(read("app/globals.css"), { from });
  return css + read("app/templates/mail-editor.css");
}

/**
 * Serves the mails' editor alone: the page's form, the compiled scripts and styles, under the policy that
 * the product's pages have.
 */
export async function startEditorServer(): Promise<EditorServer> {
  const folder = makeTestDirectory("portaria-editor-");
  const outfile = join(folder, "page.mjs");
  await Promise.all([
    compileScripts(join(folder, "scripts")),
    build({
      absWorkingDir: root,
      entryPoints: ["e2e/support/editor-page.tsx"],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      jsx: "automatic",
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    }),
  ]);
  const { renderPage, someChoices } = (await import(pathToFileURL(outfile).href)) as typeof Page;
  const scripts = new Map(
    readdirSync(join(folder, "scripts")).map((name) => [
      `/scripts/${name}`,
      readFileSync(join(folder, "scripts", name)),
    ]),
  );
  const styles = await stylesOf();
  const posted: EditorServer["posted"] = [];

  function pageOf(query: URLSearchParams): string {
    const opening = JSON.parse(query.get("opening") ?? "{}") as Opening;
    const words = readFileSync(
      join(root, `lib/i18n/messages/${opening.language ?? "en"}/templateEditor.json`),
      "utf8",
    );
    return renderPage({
      words: JSON.parse(words),
      choices: opening.isPlain
        ? null
        : { ...someChoices, ...(opening.isBare ? { images: [], blocks: [] } : {}) },
      subject: opening.subject ?? "",
      preview: opening.preview ?? "",
      text: opening.text ?? "",
    });
  }

  const server = createServer(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? "/", "http://127.0.0.1");
    const host = req.headers.host ?? null;
    const facts = { appUrl: `http://${host}`, logoUrl: undefined, host, dev: false };
    const type = (name: string) => res.setHeader("Content-Type", name);
    const isMailFrame = pathname === "/preview";
    const headers = securityHeaders({ ...facts, showsMail: false, isMailFrame });
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    if (req.method === "POST") {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk);
      const fields = await new Response(Buffer.concat(chunks), {
        headers: { "Content-Type": req.headers["content-type"] ?? "" },
      }).formData();
      posted.push({ path: pathname, fields });
      type("text/plain; charset=utf-8");
      res.end(fields.get("text"));
    } else if (pathname === "/preview") {
      type("text/plain; charset=utf-8");
      res.end(searchParams.get("text"));
    } else if (pathname.startsWith("/scripts/")) {
      type("text/javascript");
      res.end(scripts.get(pathname));
    } else if (pathname.startsWith("/styles/")) {
      type("text/css");
      res.end(styles);
    } else if (pathname.startsWith("/pictures/")) {
      type("image/png");
      res.end(pixel);
    } else {
      type("text/html; charset=utf-8");
      res.end(pageOf(searchParams));
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    addressOf: (opening) =>
      `http://127.0.0.1:${port}/?opening=${encodeURIComponent(JSON.stringify(opening))}`,
    posted,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await removeTestDirectory(folder);
    },
  };
}
