import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// An odd zone (12:45 or 13:45 ahead of UTC) brings out code that takes the machine's for the customer's.
process.env.TZ = "Pacific/Chatham";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
  test: {
    include: ["{app,components,emails,lib,prisma,scripts}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "lib/generated/**"],
    globalSetup: ["lib/testing/database-server.ts"],
    setupFiles: ["lib/testing/quiet-log.ts"],
    env: { EMAIL_TRANSPORT: "mailbox" },
    // Much of a test's time is PostgreSQL's: one worker on two cores would leave one of them idle.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
