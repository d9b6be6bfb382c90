import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { APIRequestContext } from "@playwright/test";
import { Client } from "pg";
import { expect, test } from "@/e2e/fixtures";
import { databaseIsAway } from "@/e2e/support/announced";
import { PlainBrowser } from "@/e2e/support/plain-browser";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { parseSettings } from "@/lib/machine/settings-text.mjs";
import { startInstallation } from "@/lib/testing/installation";

const quiet = { info() {}, warn() {}, error() {} };
const email = "maria@example.com";

async function command(name: string, words: string[], settings: Record<string, string>) {
  const env = { ...withoutSettings(process.env), ...settings };
  const script = join(root, "scripts", `${name}.mjs`);
  return (await promisify(execFile)(process.execPath, [script, ...words], { env })).stdout;
}

async function latestCode(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    let code = "";
    await expect(async () => {
      const { rows } = await client.query(
        "SELECT subject FROM mailbox_message ORDER BY created_at DESC LIMIT 1",
      );
      code = /\d{6}/.exec(rows[0]?.subject ?? "")?.[0] ?? "";
      expect(code).not.toBe("");
    }).toPass();
    return code;
  } finally {
    await client.end();
  }
}

async function signInAt(url: string, http: APIRequestContext, dataDir: string) {
  const password = readSecrets(dataDir).demoPasswords?.[email] ?? "";
  const browser = new PlainBrowser(http);
  const answer = await browser.send(`${url}/login`, "password", { email, password });
  if (answer.headers().location?.includes("/verify")) {
    const code = await latestCode(runningDatabaseUrl(dataDir) ?? "");
    await browser.send(`${url}/verify`, "code", { code });
  }
  expect(await (await http.get(`${url}/account`)).text()).toContain(email);
}

test("a server moves to another database: whoever writes meanwhile sees so, and whoever was signed in still is", async ({
  playwright,
}) => {
  test.setTimeout(240_000);
  const directory = makeTestDirectory("portaria-moved-to-");
  const other = await startEmbeddedDatabase({ dataDir: directory, durable: false, log: quiet });
  const http = await playwright.request.newContext();
  try {
    const before = await startInstallation("before-the-move", {});
    before.mayLog(...databaseIsAway);
    let settings: Record<string, string>;
    try {
      await signInAt(before.url, http, before.dataDir);
      const file = join(directory, "backup");
      await command("backup", [file], { DATA_DIR: before.dataDir });
      expect((await http.get(`${before.url}/account`)).status()).toBe(200);
      const said = await command("move", [other.url], { DATA_DIR: before.dataDir });
      expect(said).toContain("were moved from");
      expect((await http.get(`${before.url}/api/health`)).status()).toBe(503);
      const late = await playwright.request.newContext();
      const away = await new PlainBrowser(late).send(`${before.url}/login`, "password", {
        email: "nobody@example.com",
        password: "whatever it was",
      });
      expect(away.status()).toBe(303);
      const page = await late.get(new URL(away.headers().location ?? "", before.url).href);
      expect(await page.text()).toContain(
        "We cannot reach our records right now. Nothing was lost.",
      );
      await late.dispose();
      const lines = readFileSync(join(before.dataDir, "moved.env"), "utf8");
      settings = Object.fromEntries(parseSettings(lines));
    } finally {
      await before.stop();
    }
    const after = await startInstallation("after-the-move", settings);
    try {
      const page = await http.get(`${after.url}/account`, { maxRedirects: 0 });
      expect(page.status()).toBe(200);
      expect(await page.text()).toContain(email);
    } finally {
      await after.stop();
    }
  } finally {
    await http.dispose();
    await other.stop();
    await removeTestDirectory(directory);
  }
});
