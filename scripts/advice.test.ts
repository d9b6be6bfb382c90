import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "@/lib/machine/project.mjs";

const folders = ["scripts", "lib/server", "lib/start", "prisma", "docs"];
const isRead = (name: string) => /\.(mjs|ts|md)$/.test(name) && !/\.test\.ts$/.test(name);

/** Every line an operator may come to read: of messages, of README and of the docs. */
const lines = ["README.md", ...folders.flatMap((folder) => filesOf(folder))].flatMap((path) =>
  readFileSync(join(root, path), "utf8")
    .split("\n")
    .map((text, index) => ({ at: `${path}:${index + 1}`, text })),
);

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter(isRead)
    .map((name) => join(folder, name));
}

const advice = lines.filter(({ text }) => /["`|'].*\S|^[^/*]/.test(text));

test("nothing advises to delete the data directory or the database in it", () => {
  const deleting =
    /\b(delete|erase|wipe|remove|rm -r\w*)\s+(the |its |whole )*(`?DATA_DIR|`?postgres\b|\.data\b)/i;
  const broken = advice.filter(({ text }) => deleting.test(text.replace(/\bnever delete/gi, "")));
  expect(broken).toEqual([]);
});

test("whatever advises another path, or to move the database away, says what that costs", () => {
  const costly = /another (DATA_DIR|directory)|choose another one|move (it|its postgres) away/i;
  const warned =
    /begins empty|empty database|start empty|restore the (dump|one)|restore into|nothing in the database is lost|stays whole|withoutIt|what follows|in use|reaches it/i;
  const broken = advice.filter(({ text }) => costly.test(text) && !warned.test(text));
  expect(broken).toEqual([]);
});
