import { expect, test } from "vitest";
import { nodeVersionFault } from "@/lib/machine/node-version.mjs";

test.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("Node %s will do", (version) => {
  expect(nodeVersionFault(version)).toBeUndefined();
});

test.each(["18.20.8", "20.9.0", "20.18.3"])("Node %s is named as too old", (version) => {
  expect(nodeVersionFault(version)).toContain(`this is ${version}`);
});
