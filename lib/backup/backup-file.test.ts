import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeBackupFile } from "@/lib/backup/backup-file";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";

let directory: string;
beforeEach(() => {
  directory = makeTestDirectory("portaria-backup-file-");
});
afterEach(() => removeTestDirectory(directory));

const never = new AbortController().signal;

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Bytes that begin, and go on when asked to. */
function heldBytes(text: string) {
  const begun = deferred();
  const goOn = deferred();
  async function* bytes() {
    begun.resolve();
    yield Buffer.from(text);
    await goOn.promise;
    yield Buffer.from(" whole");
  }
  return { bytes: bytes(), begun: begun.promise, goOn: goOn.resolve };
}

test("a second backup to the same name, begun meanwhile, leaves the first whole", async () => {
  const path = join(directory, "monday");
  const [first, second] = [heldBytes("first"), heldBytes("second")];
  const one = writeBackupFile(path, first.bytes, never);
  await first.begun;
  const two = writeBackupFile(path, second.bytes, never).catch((error: Error) => error);
  await Promise.race([second.begun, two]);
  first.goOn();
  await one;
  expect(gunzipSync(readFileSync(path)).toString()).toBe("first whole");
  second.goOn();
  expect(await two).toMatchObject({
    name: "OperatorError",
    message: expect.stringMatching(/Another backup is writing .*monday\.partial/),
  });
  expect(gunzipSync(readFileSync(path)).toString()).toBe("first whole");
  expect(existsSync(`${path}.partial`)).toBe(false);
});

test("ten at the same moment: one is written whole, the others say why not", async () => {
  for (let round = 1; round <= 10; round++) {
    const path = join(directory, `round-${round}`);
    const texts = Array.from({ length: 10 }, (_, index) => `backup ${index}`);
    const ends = await Promise.allSettled(
      texts.map((text) => {
        const { bytes, goOn } = heldBytes(text);
        goOn();
        return writeBackupFile(path, bytes, never);
      }),
    );
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const winner = texts[ends.findIndex(({ status }) => status === "fulfilled")];
    expect(gunzipSync(readFileSync(path)).toString()).toBe(`${winner} whole`);
    expect(existsSync(`${path}.partial`)).toBe(false);
  }
});

test("what a killed backup or somebody else left under the partial name is replaced, not written into", async () => {
  const path = join(directory, "monday");
  const theirs = join(directory, "theirs");
  writeFileSync(theirs, "theirs");
  symlinkSync(theirs, `${path}.partial`);
  const { bytes, goOn } = heldBytes("ours");
  goOn();
  await writeBackupFile(path, bytes, never);
  expect(readFileSync(theirs, "utf8")).toBe("theirs");
  expect(gunzipSync(readFileSync(path)).toString()).toBe("ours whole");
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
