import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

/** Lets this process import the project's TypeScript, with its `@/` alias. Needs node_modules. */
export async function registerTypeScript() {
  // tsx keeps what it compiles there, and ends with a stack where it may not.
  if (!isWritable(tmpdir())) process.env.TSX_DISABLE_CACHE = "1";
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
}

function isWritable(directory) {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
