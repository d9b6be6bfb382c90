import { existsSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "./operator-error.mjs";
import { root } from "./project.mjs";

/** Takes settings from a `.env` file beside package.json; the environment's own come first. */
export function readSettingsFile(directory = root) {
  const path = join(directory, ".env");
  if (!existsSync(path)) return;
  try {
    process.loadEnvFile(path);
  } catch (error) {
    throw new OperatorError(
      `${path} cannot be read (${error.code ?? error.message}): start as a user who may, or remove it.`,
    );
  }
}
