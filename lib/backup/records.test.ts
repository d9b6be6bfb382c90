import fc from "fast-check";
import { expect, test } from "vitest";
import { readRecords, recordWriter } from "@/lib/backup/records";

function written(chunks: Uint8Array[]): Buffer {
  const writer = recordWriter();
  const head = writer.json("H", { a: 1 });
  const rows = chunks.flatMap((chunk) => [...writer.data(Buffer.from(chunk))]);
  return Buffer.concat([head, ...rows, writer.json("E", { rows: 1 }), writer.end({ counts: {} })]);
}

async function read(bytes: Buffer, pieceLength = 7) {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceLength)
      yield bytes.subarray(at, at + pieceLength);
  }
  const records: { kind: string; content: string }[] = [];
  for await (const { kind, content } of readRecords(pieces()))
    records.push({ kind, content: content.toString("hex") });
  return records;
}

const dataIn = (records: { kind: string; content: string }[]) =>
  records.flatMap(({ kind, content }) => (kind === "D" ? [content] : [])).join("");

test("what was written is read again, in pieces of any length", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 400 }),
      async (chunks, pieceLength) => {
        const records = await read(written(chunks), pieceLength);
        expect(records.at(0)?.kind).toBe("H");
        expect(records.at(-1)?.kind).toBe("Z");
        expect(dataIn(records)).toBe(Buffer.concat(chunks).toString("hex"));
      },
    ),
    { numRuns: 50 },
  );
});

test("rows longer than a record are cut and put together", async () => {
  const long = Buffer.alloc(2_500_000, "x");
  expect(dataIn(await read(written([long]), 65_536))).toBe(long.toString("hex"));
});

const whole = written([Buffer.from("some rows")]);

test("cut off anywhere, it is refused in one sentence", async () => {
  for (let length = 0; length < whole.length; length++)
    await expect(read(whole.subarray(0, length))).rejects.toThrow(
      length < 10 ? /not a backup|is damaged/ : /^(The backup is damaged|This is not a backup)/,
    );
});

test("with any byte changed, it is refused", async () => {
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 0x20;
    await expect(read(changed).then((records) => records.length)).rejects.toThrow(/backup/);
  }
});

test.each([
  ["a chunk longer than any is made", "D", 1024 * 1024 + 1, /longer than any is made/],
  ["a length of gigabytes", "T", 0xffffffff, /longer than any is made/],
  ["a kind that there is not", "?", 1, /of no kind/],
])("%s is refused before it is read", async (_, kind, length, words) => {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeUInt32BE(length, 1);
  const first = recordWriter().json("H", {});
  await expect(read(Buffer.concat([first, head]))).rejects.toThrow(words);
});

test("what stands behind its end is refused", async () => {
  await expect(read(Buffer.concat([whole, Buffer.from("x")]))).rejects.toThrow(/behind its end/);
  await expect(read(Buffer.concat([whole, whole]), 65_536)).rejects.toThrow(/behind its end/);
});
