import { createRequire } from "node:module";

/** What a child process that runs Next must be given, so that it reads no `.env` files of its own. */
export const withoutEnvFiles = { __NEXT_PROCESSED_ENV: "true" };

/**
 * Keeps Next in this process from `.env`, `.env.local`, `.env.production` and the like: it would take
 * settings that the mails and the worker do not. To be called before Next is loaded.
 */
export function keepNextFromEnvFiles() {
  Object.assign(process.env, withoutEnvFiles);
  const require = createRequire(createRequire(import.meta.url).resolve("next/package.json"));
  const loaded = require("@next/env");
  // In development Next reads them again when one changes, and resets process.env to what it was.
  require.cache[require.resolve("@next/env")].exports = {
    ...loaded,
    loadEnvConfig: () => ({
      combinedEnv: process.env,
      parsedEnv: undefined,
      loadedEnvFiles: [],
    }),
  };
}
