import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyTools } from "@/lib/testing/tools-copy";

// A project whose schema says what becomes of the generator: it ends in the middle, or writes it all.
let project: string;
const client = () => join(project, "lib", "generated", "prisma", "client.ts");
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "portaria-generate-"));
  copyTools(project);
  const prisma = join(project, "node_modules", "prisma");
  mkdirSync(join(prisma, "build"), { recursive: true });
  mkdirSync(join(project, "prisma"));
  mkdirSync(join(project, "lib", "generated", "prisma"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  writeFileSync(join(prisma, "package.json"), '{ "version": "1.0.0" }');
  writeFileSync(
    join(prisma, "build", "index.js"),
    `const { readFileSync, writeFileSync } = require("node:fs");
     const schema = readFileSync("prisma/schema.prisma", "utf8");
     writeFileSync("lib/generated/prisma/client.ts", "half of " + schema);
     if (schema === "killed") process.kill(process.pid, "SIGKILL");
     if (schema === "refused") process.exit(1);
     writeFileSync("lib/generated/prisma/client.ts", schema);`,
  );
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function generate(schema: string): string {
  writeFileSync(join(project, "prisma", "schema.prisma"), schema);
  const script = `import { ensureGenerated } from "./lib/building/generate.mjs"; await ensureGenerated();`;
  spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: project });
  return readFileSync(client(), "utf8");
}

test.each(["killed", "refused"])(
  "a client whose generation was %s never passes for a whole one",
  (end) => {
    expect(generate("good")).toBe("good");
    expect(generate(end)).toBe(`half of ${end}`);
    expect(generate("good")).toBe("good");
  },
);
