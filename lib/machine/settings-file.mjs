import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "./operator-error.mjs";
import { root } from "./project.mjs";
import { dropForeignSettings } from "./settings-names.mjs";
import { decodeSettings, parseSettings, SettingsTextError } from "./settings-text.mjs";

/**
 * Takes settings from the `.env` file beside package.json, the only one that is read; the
 * environment's own come first. What other programs would read from the environment is dropped.
 */
export function readSettingsFile(directory = root) {
  const path = join(directory, ".env");
  for (const [name, value] of settingsOf(path)) process.env[name] ??= value;
  dropForeignSettings();
}

function settingsOf(path) {
  try {
    return parseSettings(decodeSettings(readFileSync(path)));
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw new OperatorError(`${path} cannot be read: ${reason(error)}.`);
  }
}

function reason(error) {
  if (error instanceof SettingsTextError) return error.message;
  switch (error.code) {
    case "EISDIR":
      return "it is a directory; remove it, or put a file there instead";
    case "EACCES":
    case "EPERM":
      return "this user may not read it; change its owner or mode, or start as a user who may";
    default:
      return `${error.code ?? "an unknown fault"}; repair or remove it`;
  }
}
