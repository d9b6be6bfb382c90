import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@/e2e/fixtures";
import { mailIsNotTaken } from "@/e2e/support/announced";
import { startFakeResend } from "@/e2e/support/fake-resend";
import { mailThrough } from "@/e2e/support/mail-settings";
import { signUpAt } from "@/e2e/support/own-installation";
import { root } from "@/lib/machine/project.mjs";
import { runTool } from "@/lib/machine/run-tool.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { startInstallation } from "@/lib/testing/installation";

test.describe.configure({ mode: "default", timeout: 240_000 });

const script = join(root, "scripts", "worker.mjs");
const patience = { timeout: 90_000 };

test("WORKER=off without a worker: the pages, health, banner and log say so; with one the mail goes", async ({
  person,
  browser,
}) => {
  const resend = await startFakeResend();
  const mail = {
    ...mailThrough(resend.url),
    // Code mail stands still after half a code's life.
    CODE_LIFETIME_MINUTES: "0.5",
  };
  const server = await startInstallation("standing", { ...mail, WORKER: "off" });
  server.mayLog(/No worker runs/, ...mailIsNotTaken);
  const environment = {
    ...withoutSettings(process.env),
    ...mail,
    APP_URL: server.url.replace("127.0.0.1", "localhost"),
    DATA_DIR: server.dataDir,
  };
  const said = () => readFileSync(server.logFile, "utf8");
  const plain = async () => (await fetch(`${server.url}/api/health`)).status;
  const deep = async (method = "GET") => {
    const answer = await fetch(`${server.url}/api/health?deep`, { method });
    return [answer.status, method === "GET" ? await answer.json() : await answer.text()] as const;
  };
  const check = () => runTool(process.execPath, [script, "--health"], { env: environment });
  let worker: ChildProcess | undefined;
  try {
    expect(said()).toContain("Mind: No worker runs, so no mail leaves: start npm run worker");
    expect(await deep()).toEqual([503, expect.objectContaining({ status: "no worker runs" })]);
    expect(await deep("HEAD")).toEqual([503, ""]);
    expect(await plain()).toBe(200);
    expect(await check()).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^No worker runs on this machine, or in this container\.\s$/),
    });

    const { context, page } = await signUpAt(server, browser, person);
    const state = page.locator("[data-mail-state]");
    await expect(state).toHaveAttribute("data-mail-state", "queued");
    await expect(page.locator("main")).not.toContainText("Our mail service has had");
    await context.close();

    const stands =
      /Code mail stands still: the oldest has waited \d+ seconds, and no worker runs\./;
    await expect.poll(said, patience).toMatch(stands);
    const [status, health] = await deep();
    expect([status, health.codeMailsWaiting]).toEqual([503, 1]);
    expect(health.oldestUnsentCodeMailSeconds).toBeGreaterThanOrEqual(15);
    expect(JSON.stringify(health)).not.toContain("@");
    expect(await plain()).toBe(200);

    worker = spawn(process.execPath, [script], { env: environment, stdio: "ignore" });
    await expect.poll(async () => (await check()).code, patience).toBe(0);
    await expect.poll(said, patience).toContain("A worker runs.");
    await expect.poll(said, patience).toContain("Code mail no longer stands still.");
    await expect.poll(async () => (await deep())[0], patience).toBe(200);
    expect(said()).not.toContain("has other settings");

    // It hangs: its sign of life ages, and so it does for the web process.
    worker.kill("SIGSTOP");
    await expect.poll(async () => (await deep())[0], patience).toBe(503);
    expect((await check()).output).toMatch(/it hangs, or cannot reach the database\.\s$/);
    worker.kill("SIGCONT");
    await expect.poll(async () => (await deep())[0], patience).toBe(200);

    const gone = new Promise((resolve) => worker?.once("exit", resolve));
    worker.kill("SIGTERM");
    expect(await gone).toBe(0);
    await expect.poll(async () => (await deep())[1].status, patience).toBe("no worker runs");
  } finally {
    worker?.kill("SIGKILL");
    await resend.close();
    await server.stop();
  }
});

test("real mail without a sender does not start, and one sentence says what to set", async () => {
  const fault =
    /EMAIL_FROM must be a sender such as [^\n]+, because EMAIL_TRANSPORT is resend, [^\n]+\.\n/;
  const start = startInstallation("no-sender", { RESEND_API_KEY: "re_of_the_end_to_end_tests" });
  await expect(start).rejects.toThrow(fault);
});
