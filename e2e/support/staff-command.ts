import { dirname, join } from "node:path";
import { root } from "@/lib/machine/project.mjs";
import { runTool } from "@/lib/machine/run-tool.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";

/** Runs `npm run staff -- …` beside the host; what it printed and how it ended. */
export function staffCommand(...words: string[]): Promise<{ code: number | null; output: string }> {
  const env = {
    ...withoutSettings(process.env),
    DATA_DIR: dirname(process.env.E2E_HOST_LOG ?? ""),
  };
  return runTool(process.execPath, [join(root, "scripts", "staff.mjs"), ...words], { env });
}
