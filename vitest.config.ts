import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { testFiles } from "./lib/testing/test-files.mjs";

// An odd zone (12:45 or 13:45 ahead of UTC) brings out code that takes the machine's for the customer's.
process.env.TZ = "Pacific/Chatham";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");
const files = testFiles(root);
// Names with brackets and parentheses, as the pages' folders have, are no patterns.
const literally = (paths: string[]) => paths.map((path) => path.replace(/[()[\]]/g, "\\$&"));

const resolve = { alias: { "@": root } };
const quiet = "lib/testing/quiet-log.ts";
const common = {
  env: { EMAIL_TRANSPORT: "mailbox" },
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // What is waited for may be another process's doing, on a machine that has more to do.
  expect: { poll: { timeout: 20_000 } },
};

export default defineConfig({
  resolve,
  test: {
    globalSetup: ["lib/testing/database-server.ts"],
    // Two cores are to be busy while tests wait for PostgreSQL and for processes that they start.
    maxWorkers: 3,
    projects: [
      {
        resolve,
        test: { ...common, name: "own", include: literally(files.own), setupFiles: [quiet] },
      },
      {
        resolve,
        // As in production, where React keeps no stack of every element: four tenths of a mail's time.
        oxc: { jsx: { development: false } },
        test: {
          ...common,
          name: "shared",
          include: literally(files.shared),
          env: { ...common.env, NODE_ENV: "production" },
          setupFiles: [quiet, "lib/testing/leave-no-traces.ts"],
          isolate: false,
        },
      },
    ],
  },
});
