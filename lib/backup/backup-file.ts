import { constants, createReadStream, existsSync, statSync } from "node:fs";
import { link, open, rename, rm, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { type Held, holdPartial } from "@/lib/backup/partial-file";
import { damaged, notABackup } from "@/lib/backup/records";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

/**
 * Says so where a file of that name is there, or none can be made: before any work is done.
 *
 * @throws OperatorError
 */
export function refuseToOverwrite(path: string): void {
  if (existsSync(path))
    throw new OperatorError(
      `${path} is there already, and nothing is overwritten: give the backup another name, or move that file away.`,
    );
}

/**
 * Writes bytes into a new compressed file that only its owner may read (0600): as `path`.partial, which
 * gets its name once all of it is on the disk, and goes away when that fails.
 *
 * @returns the length of the file in bytes
 * @throws OperatorError where the file cannot be written, or another backup writes it; whatever the bytes' source throws
 */
export async function writeBackupFile(
  path: string,
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<number> {
  const partial = `${path}.partial`;
  refuseToOverwrite(path);
  let held: Held | undefined;
  try {
    held = await holdPartial(partial);
    const { file } = held;
    await file.chmod(0o600);
    await pipeline(
      Readable.from(bytes, { objectMode: true }),
      createGzip(),
      async (packed: AsyncIterable<Buffer>) => {
        for await (const piece of packed) await file.writeFile(piece);
      },
      { signal },
    );
    await file.sync();
    await giveName(partial, path);
    await syncDirectory(dirname(path));
    return statSync(path).size;
  } catch (error) {
    if (held) await rm(partial, { force: true }).catch(() => {});
    throw explain(error, path);
  } finally {
    await held?.release();
  }
}

/** Writes the same bytes to standard output, which the caller has found to be no terminal. */
export async function writeBackupOut(
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<void> {
  try {
    const out = Readable.from(bytes, { objectMode: true });
    await pipeline(out, createGzip(), process.stdout, { signal, end: false });
  } catch (error) {
    throw explain(error, "Standard output");
  }
}

// A link refuses a name that somebody took meanwhile, which a renaming would replace.
async function giveName(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path);
    await unlink(partial);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") refuseToOverwrite(path);
    // Some file systems know no links.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw error;
    refuseToOverwrite(path);
    await rename(partial, path);
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, constants.O_RDONLY);
  // Not every file system lets a directory be synced.
  await directory.sync().catch(() => {});
  await directory.close();
}

/**
 * The bytes of a file that `writeBackupFile` wrote.
 *
 * @throws OperatorError, at once or on the way, where it cannot be read or is damaged
 */
export async function* readBackupFile(path: string): AsyncGenerator<Buffer> {
  let isFile = true;
  try {
    isFile = statSync(path).isFile();
  } catch (error) {
    throw explainReading(error, path);
  }
  if (!isFile)
    throw new OperatorError(
      `${path} is no file: give npm run restore the file that npm run backup has written.`,
    );
  const file = createReadStream(path);
  const plain = createGunzip();
  // The gunzip's end with an error closes the file too; the generator's end closes both.
  const piped = pipeline(file, plain).catch((error) => plain.destroy(error));
  try {
    for await (const piece of plain) yield piece as Buffer;
  } catch (error) {
    throw explainReading(error, path);
  } finally {
    file.destroy();
    plain.destroy();
    await piped;
  }
}

function explainReading(error: unknown, path: string): unknown {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === "Z_BUF_ERROR") return damaged("it is cut off");
  if (code === "Z_DATA_ERROR" && /incorrect header/.test((error as Error).message))
    return notABackup();
  if (code.startsWith("Z_")) return damaged("its bytes were changed");
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new OperatorError(`There is no file ${path}: correct its name.`);
    case "EACCES":
    case "EPERM":
      return new OperatorError(
        `${path} may not be read by this user: restore as the user who made it, or change its owner.`,
      );
    default:
      return code.startsWith("E")
        ? new OperatorError(`${path} cannot be read (${code}): take another copy of it.`)
        : error;
  }
}

function explain(error: unknown, path: string): unknown {
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined || code === "ECONNRESET") return error;
  const reasons: Record<string, string> = {
    ENOSPC: "the disk is full; free some space",
    EDQUOT: "the disk is full; free some space",
    EFBIG: "a file may not be that long there; choose another path",
    EROFS: "it is on a read-only file system; choose another path",
    EACCES: "this user may not write there; choose another path",
    EPERM: "this user may not write there; choose another path",
    ENOENT: "there is no such directory; make it, or choose another path",
    ENOTDIR: "a part of its path is a file; choose another path",
    ENAMETOOLONG: "its name is too long; choose a shorter one",
    EPIPE: "nobody reads it any more",
  };
  return new OperatorError(
    `${path} cannot be written: ${reasons[code] ?? code}. No backup was made.`,
    { cause: error },
  );
}
