import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ipText } from "@/lib/client/ip-text";

test("an address is written as it is, and one that is not known by the reader's word", () => {
  expect(ipText("2001:db8::1", "unknown")).toBe("2001:db8::1");
  expect(ipText(null, "inconnue")).toBe("inconnue");
});

const app = fileURLToPath(new URL("../../app", import.meta.url));
const pages = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) =>
  /(?<!\.test)\.tsx?$/.test(file),
);
const textOf = (file: string) => readFileSync(join(app, file), "utf8");

test("no page writes an address by itself", () => {
  const writesOne = /[iI]p \?\? (t|common)\(|"[\w.]+", \{ ip(: (?!ipText)|[ ,}])/;
  const found = pages.filter((file) => writesOne.test(textOf(file)));
  expect(found).toEqual([]);
  expect(pages.filter((file) => textOf(file).includes("ipText(")).length).toBeGreaterThan(7);
});
