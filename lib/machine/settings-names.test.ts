import { expect, test } from "vitest";
import { readEnvironment } from "@/lib/env/env";
import { settingsNames, withoutSettings } from "@/lib/machine/settings-names.mjs";

test("a test run takes none of the operator's settings, whatever they are", () => {
  const theirs = Object.fromEntries(settingsNames.map((name) => [name, "wrong on purpose"]));
  expect(readEnvironment(withoutSettings(theirs))).toEqual(readEnvironment({}));
});

test("every setting that the environment knows is on the list", () => {
  const asked = new Set<string>();
  const source = new Proxy(
    {},
    {
      ownKeys: () => [...settingsNames],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
      get: (_, name) => {
        asked.add(String(name));
        return "";
      },
    },
  );
  readEnvironment(source);
  expect([...asked].sort()).toEqual([...settingsNames].sort());
});
