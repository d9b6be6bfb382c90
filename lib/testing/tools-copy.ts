import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "@/lib/machine/project.mjs";

const folders = [
  "scripts",
  "lib/machine",
  "lib/data-directory",
  "lib/embedded-database",
  "lib/building",
];

/** Copies what works before anything is installed or built into a project that a test makes. */
export function copyTools(project: string): void {
  for (const folder of folders) {
    cpSync(join(root, folder), join(project, folder), { recursive: true });
  }
}
