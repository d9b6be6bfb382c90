import { fileURLToPath } from "node:url";

/** Lets this process import the project's TypeScript, with its `@/` alias. Needs node_modules. */
export async function registerTypeScript() {
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
}
