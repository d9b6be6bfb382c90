import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");
const spec = readFileSync(join(root, "e2e", "straight-pages.spec.ts"), "utf8");

/** Each page that enters itself: the path that it says, and the one that its folder has. */
const entered = readdirSync(join(root, "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .flatMap((file) => {
    const [, said] =
      /enterPage\("([^"]+)"/.exec(readFileSync(join(root, "app", file), "utf8")) ?? [];
    const served = `/${file.replace(/\(\w+\)\//g, "").replace(/\/?page\.tsx$/, "")}`;
    return said === undefined ? [] : [{ said, served }];
  });

test("a page is entered at the path that Next serves it at", () => {
  expect(entered.length).toBeGreaterThan(10);
  for (const { said, served } of entered) expect(said).toBe(served);
});

test.each(entered)("$said is compared with what Next makes of it", ({ said }) => {
  expect(spec).toContain(`"${said}"`);
});
