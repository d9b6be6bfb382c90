import nextEnv from "@next/env";
import { type Environment, readEnvironment } from "@/lib/env";
import { root } from "@/scripts/project.mjs";

/**
 * Reads `.env` files as Next would later, so that both see the same, and checks all settings.
 * Throws EnvironmentError.
 */
export function checkSettings({ dev }: { dev: boolean }): Environment {
  nextEnv.loadEnvConfig(root, dev, { info() {}, error: console.error });
  return readEnvironment(process.env);
}
