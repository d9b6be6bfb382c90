import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFormDesk } from "@/components/form-desk";
import { formDesk } from "@/lib/forms/form-desk";
import { type ActionManifest, type FormTable, makeFormTable } from "@/lib/forms/form-table";
import { publishedShapes } from "@/lib/forms/published-shapes";
import { formRegistry } from "@/lib/forms/registry";
import { ACTION_MANIFEST } from "@/lib/server/next-internals";

/**
 * Reads which actions a build has, and lets its pages give their forms the ids that outlive it.
 *
 * @param directory of the build: Next's `distDir`
 * @throws Error where the build does not serve a form of the registry
 */
export function openFormTable(directory: string): FormTable {
  const file = join(directory, ...ACTION_MANIFEST);
  const manifest = JSON.parse(readFileSync(file, "utf8")) as ActionManifest;
  const table = makeFormTable(formRegistry, publishedShapes, manifest);
  setFormDesk(formDesk(table));
  return table;
}
