import { expect, test } from "vitest";
import { appFiles, sourceOf } from "@/lib/testing/forms-in-sources";

const ticks = appFiles.flatMap((file) =>
  [...sourceOf(file).matchAll(/<(?:Checkbox|Radio)\b[^>]*?\/>/gs)].map(
    ([markup]): [string, string] => [
      `${file}: ${/name="(\w+)"|field\("(\w+)"\)/.exec(markup)?.slice(1).find(Boolean)}`,
      markup,
    ],
  ),
);

test("the pages have boxes and choices to tick", () => {
  expect(ticks.length).toBeGreaterThan(3);
});

// Without it, a form that is not taken comes back with the box as it was at first.
test.each(ticks)("%s says whether it is ticked, so that what was ticked stays", (_, markup) => {
  expect(markup).toContain("defaultChecked=");
});
