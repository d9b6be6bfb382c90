import { createHash } from "node:crypto";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

/** A piece of a backup: its kind is one letter, its content JSON, or bytes of COPY where the kind is D. */
export type BackupRecord = { kind: "H" | "T" | "D" | "E" | "S" | "Z"; content: Buffer };

// A chunk of rows is cut at the first; lists of tables and migrations stay far below the second.
const DATA_BYTES_AT_MOST = 1024 * 1024;
const JSON_BYTES_AT_MOST = 4 * 1024 * 1024;
const HEAD_BYTES = 5;

/** What is said of a file that cannot be the one that was written. */
export const damaged = (how: string) =>
  new OperatorError(
    `The backup is damaged (${how}), and nothing was restored: take another copy of it, or an earlier backup.`,
  );

/** What is said of anything else that was given for a backup. */
export const notABackup = () =>
  new OperatorError(
    "This is not a backup of Portaria, and nothing was restored: give it a file that npm run backup has written.",
  );

/**
 * Puts records into bytes, and closes them with a summary and with Z: the SHA-256 of all bytes before.
 */
export function recordWriter() {
  const hash = createHash("sha256");
  const put = (kind: BackupRecord["kind"], content: Buffer) => {
    const head = Buffer.alloc(HEAD_BYTES);
    head.write(kind, 0, "latin1");
    head.writeUInt32BE(content.length, 1);
    return Buffer.concat([head, content]);
  };
  const counted = (bytes: Buffer) => {
    hash.update(bytes);
    return bytes;
  };
  return {
    json: (kind: "H" | "T" | "E", value: unknown) =>
      counted(put(kind, Buffer.from(JSON.stringify(value)))),
    *data(chunk: Buffer): Generator<Buffer> {
      for (let at = 0; at < chunk.length; at += DATA_BYTES_AT_MOST)
        yield counted(put("D", chunk.subarray(at, at + DATA_BYTES_AT_MOST)));
    },
    end(summary: object): Buffer {
      const last = counted(put("S", Buffer.from(JSON.stringify(summary))));
      return Buffer.concat([last, put("Z", hash.digest())]);
    },
  };
}

/**
 * The records in bytes that come in pieces of any length, never more than one in memory.
 *
 * @throws OperatorError where they are cut off, go on behind their end, or do not give the checksum
 */
export async function* readRecords(bytes: AsyncIterable<Buffer>): AsyncGenerator<BackupRecord> {
  const hash = createHash("sha256");
  let buffered: Buffer = Buffer.alloc(0);
  let isFirst = true;
  let isOver = false;
  for await (const piece of bytes) {
    buffered = buffered.length === 0 ? piece : Buffer.concat([buffered, piece]);
    while (buffered.length >= HEAD_BYTES) {
      if (isOver) throw damaged("something stands behind its end");
      const kind = buffered.toString("latin1", 0, 1);
      const length = buffered.readUInt32BE(1);
      if (isFirst && (kind !== "H" || length > JSON_BYTES_AT_MOST)) throw notABackup();
      if (!isKind(kind)) throw damaged("a record is of no kind that there is");
      if (length > (kind === "D" ? DATA_BYTES_AT_MOST : JSON_BYTES_AT_MOST))
        throw damaged("a record is longer than any is made");
      const end = HEAD_BYTES + length;
      if (buffered.length < end) break;
      const content = buffered.subarray(HEAD_BYTES, end);
      if (kind === "Z") {
        if (!content.equals(hash.digest())) throw damaged("its checksum is another");
        isOver = true;
      } else hash.update(buffered.subarray(0, end));
      isFirst = false;
      buffered = buffered.subarray(end);
      yield { kind, content };
    }
    if (isOver && buffered.length > 0) throw damaged("something stands behind its end");
  }
  if (isFirst) throw notABackup();
  if (!isOver) throw damaged("its end is missing");
}

function isKind(kind: string): kind is BackupRecord["kind"] {
  return kind.length === 1 && "HTDESZ".includes(kind);
}
