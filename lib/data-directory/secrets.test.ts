import { execFileSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeSecrets, readSecrets, updateSecrets } from "@/lib/data-directory/secrets.mjs";
import { isOperatorError } from "@/lib/machine/operator-error.mjs";

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "portaria-secrets-"));
  file = join(dataDir, "secrets.json");
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const authSecret = "8Zk2rWq0vXc5nTj7Lm3pYb9hGd1sFu4e";
const whole = JSON.stringify({ databasePassword: "p", authSecret, demoPasswords: { a: "b" } });

function faultOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (isOperatorError(error)) return error as Error;
    throw error;
  }
  throw new Error("It was taken.");
}

test("secrets are readable by their owner alone, whatever the umask", () => {
  const before = process.umask(0);
  try {
    updateSecrets(dataDir, () => ({ authSecret }));
    updateSecrets(dataDir, (secrets) => secrets);
  } finally {
    process.umask(before);
  }
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
});

test("what a careless copy lets others read is closed again", () => {
  updateSecrets(dataDir, () => ({ authSecret }));
  chmodSync(file, 0o644);
  closeSecrets(dataDir);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a change keeps what it does not name", () => {
  updateSecrets(dataDir, () => ({ authSecret }));
  updateSecrets(dataDir, (secrets) => ({ ...secrets, databasePassword: "p" }));
  expect(readSecrets(dataDir)).toEqual({ authSecret, databasePassword: "p" });
});

type Damage = { what: string; said: string; make: () => void };
const text = (what: string, said: string, content: string | Uint8Array): Damage => ({
  what,
  said,
  make: () => writeFileSync(file, content),
});

const damages: Damage[] = [
  text("an empty file", "it is empty", ""),
  text("blanks", "it is not JSON", " \n"),
  text("a file that was cut off", "it is not JSON", whole.slice(0, -4)),
  text("other words", "it is not JSON", "authSecret=abc"),
  text("zeros after a crash", "it is not JSON", new Uint8Array(64)),
  text("binary", "it is not UTF-8", Uint8Array.of(0xff, 0xfe, 0x00, 0x80)),
  text("UTF-16", "it is not UTF-8", Buffer.from(`\ufeff${whole}`, "utf16le")),
  text("a list", "it is not what Portaria writes there", "[]"),
  text("null", "it is not what Portaria writes there", "null"),
  text("a text", "it is not what Portaria writes there", '"secret"'),
  text("a number", "it is not what Portaria writes there", "7"),
  text("a short secret", "its authSecret is", '{"authSecret":"short"}'),
  text("a secret of null", "its authSecret is", '{"authSecret":null}'),
  text(
    "a secret of two lines",
    "its authSecret is",
    JSON.stringify({ authSecret: `${authSecret}\n` }),
  ),
  text("an empty password", "its databasePassword is", '{"databasePassword":""}'),
  text("a password that is a number", "its databasePassword is", '{"databasePassword":7}'),
  text("demo passwords in a list", "its demoPasswords is", '{"demoPasswords":["a"]}'),
  text(
    "a demo key that is cut off",
    "its demoAppKeys is",
    '{"demoAppKeys":{"a":"JBSWY3DPEHPK3PXP"}}',
  ),
  text("demo keys that are one", "its demoAppKeys is", '{"demoAppKeys":"JBSWY3DPEHPK3PXP"}'),
  text("a demo password of null", "its demoPasswords is", '{"demoPasswords":{"a":null}}'),
  {
    what: "a huge file",
    said: "it is far too large",
    make: () => {
      writeFileSync(file, whole);
      truncateSync(file, 3_000_000_000);
    },
  },
  { what: "a directory", said: "it is a directory", make: () => mkdirSync(file) },
  {
    what: "a link to nowhere",
    said: "it is a link that leads nowhere",
    make: () => symlinkSync(join(dataDir, "gone"), file),
  },
  {
    what: "a link to itself",
    said: "it is a link that leads nowhere",
    make: () => symlinkSync(file, file),
  },
  { what: "a FIFO", said: "it is no ordinary file", make: () => execFileSync("mkfifo", [file]) },
  { what: "a device", said: "it is no ordinary file", make: () => symlinkSync("/dev/zero", file) },
];

test.each(damages)("$what is reported as one damaged file, and left as it is", ({ said, make }) => {
  make();
  const before = lstatSync(file);
  for (const action of [
    () => readSecrets(dataDir),
    () => updateSecrets(dataDir, () => ({ authSecret })),
  ]) {
    const { message } = faultOf(action);
    expect(message.startsWith(`${file} is damaged, for ${said}`)).toBe(true);
    expect(message).toContain("restore this one file from the backup, or move it away and start");
    expect(message).toContain("nothing in the database is lost");
    expect(message).toContain("everybody must sign in again");
    expect(message).not.toMatch(/delete|remove|DATA_DIR|short/);
    expect(message).not.toContain(authSecret);
  }
  expect(lstatSync(file)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
});

test.each([
  { what: "with a byte order mark", content: `\ufeff${whole}` },
  { what: "written by hand on one line", content: whole },
  { what: "without a secret, which is set elsewhere", content: '{"databasePassword":"p"}' },
  { what: "with what a later version keeps there", content: '{"later":[1]}' },
  { what: "that says nothing", content: "{}" },
])("a file $what is no damage", ({ content }) => {
  writeFileSync(file, content);
  expect(readSecrets(dataDir)).toEqual(JSON.parse(content.replace("\ufeff", "")));
});

test("a link to a file stays a link, and the file behind it is changed", () => {
  const behind = join(dataDir, "kept-elsewhere");
  writeFileSync(behind, whole, { mode: 0o600 });
  symlinkSync(behind, file);
  updateSecrets(dataDir, (secrets) => ({ ...secrets, databasePassword: "q" }));
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(behind, "utf8"))).toMatchObject({ databasePassword: "q" });
});

test.skipIf(process.getuid?.() === 0)("a file of another's is reported with its owner", () => {
  writeFileSync(file, whole, { mode: 0o000 });
  expect(faultOf(() => readSecrets(dataDir)).message).toMatch(/start as the user who made it/);
});

test("a data directory without secrets has none", () => {
  expect(readSecrets(dataDir)).toEqual({});
});
