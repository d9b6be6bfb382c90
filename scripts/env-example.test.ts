import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEnvironment } from "@/lib/env/env";
import { root } from "@/lib/machine/project.mjs";
import { settingsNames } from "@/lib/machine/settings-names.mjs";
import { decodeSettings, parseSettings } from "@/lib/machine/settings-text.mjs";

const example = readFileSync(join(root, ".env.example"));
const lines = example.toString().split("\n");

/** The settings that stand commented out: `#NAME=value`; a `#` with a gap behind it begins words. */
const shown = lines.flatMap((line, index) => {
  const [, name, value] = /^#([A-Z][A-Z\d_]*)=(.*)$/.exec(line) ?? [];
  return name === undefined ? [] : [{ name, value: value ?? "", above: lines[index - 1] ?? "" }];
});

test("the example names every setting once, and none that is not known", () => {
  expect(shown.map(({ name }) => name).sort()).toEqual([...settingsNames].sort());
});

test("each setting has a line that says what it is", () => {
  expect(shown.filter(({ above }) => !/^# \S.*[.]$/.test(above))).toEqual([]);
});

test("as it stands the example sets nothing", () => {
  expect([...parseSettings(decodeSettings(example))]).toEqual([]);
});

test("with every setting taken in it is valid, and all values are the defaults", () => {
  const text = lines.map((line) => line.replace(/^#(?=[A-Z])/, "")).join("\n");
  const settings = Object.fromEntries(parseSettings(text));
  expect(Object.keys(settings).sort()).toEqual([...settingsNames].sort());
  expect(readEnvironment(settings)).toEqual(readEnvironment({}));
});

test.each(shown.filter(({ value }) => value !== ""))(
  "$name=$value: the setting alone changes nothing",
  ({ name, value }) => {
    expect(readEnvironment({ [name]: value })).toEqual(readEnvironment({}));
  },
);

// README writes what a default is made of by the setting's name.
const readme = readFileSync(join(root, "README.md"), "utf8")
  .replace("http://localhost:PORT", "http://localhost:3000")
  .replace("BRAND_NAME <no-reply@localhost>", "Portaria <no-reply@localhost>")
  .replace("| host of `APP_URL` |", "| localhost |");
const table = /^## Configuration$([\s\S]*?)^## /m.exec(readme)?.[1] ?? "";
const rows = table.split("\n").filter((line) => /^\| `[A-Z]/.test(line));
const cells = rows.map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()));

test("README's table names the same settings", () => {
  const named = cells.flatMap(([, names = ""]) => names.match(/[A-Z][A-Z\d_]+/g) ?? []);
  expect(named.sort()).toEqual([...settingsNames].sort());
});

test("README's table has the same defaults", () => {
  const broken = shown.filter(({ name, value }) => {
    const [, , defaults = ""] = cells.find(([, names = ""]) => names.includes(`\`${name}\``)) ?? [];
    const written = [defaults, ...[...defaults.matchAll(/`([^`]+)`/g)].map(([, code]) => code)];
    return value !== "" && !written.includes(value);
  });
  expect(broken.map(({ name, value }) => `${name}=${value}`)).toEqual([]);
});
