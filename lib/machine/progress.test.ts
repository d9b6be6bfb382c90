import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "@/lib/machine/project.mjs";

const files = ["lib/building", "lib/machine"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => /\.mjs$/.test(name))
    .map((name) => join(folder, name)),
);

test.each(files)(
  "%s, which stands before a command's answer, writes nothing of its own there",
  (file) => {
    const text = readFileSync(join(root, file), "utf8");
    expect(text).not.toMatch(/console\.(log|info)/);
  },
);
