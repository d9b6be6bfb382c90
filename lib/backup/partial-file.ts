import { closeSync, fstatSync, lstatSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { lockFile } from "@/lib/machine/kernel-lock.mjs";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

/** A new file that nobody else takes for a leftover until it is released. */
export type Held = { file: FileHandle; release(): Promise<void> };

/**
 * Makes a new file (0600) at `partial` and locks it. What stands there and nobody writes is left of a
 * backup that was killed, or is somebody else's, and is removed first, never written into.
 *
 * @throws OperatorError where another backup writes there; what the file system says otherwise
 */
export async function holdPartial(partial: string): Promise<Held> {
  await removeLeftover(partial);
  const file = await open(partial, "wx", 0o600).catch((error) => {
    throw error.code === "EEXIST" ? written(partial) : error;
  });
  const lock = lockOf(partial);
  // Somebody who came between may have taken it for a leftover.
  if (lock && lock !== "taken" && fstatSync(lock.fd).ino === (await file.stat()).ino)
    return {
      file,
      async release() {
        closeSync(lock.fd);
        await file.close();
      },
    };
  if (lock && lock !== "taken") closeSync(lock.fd);
  await file.close();
  throw written(partial);
}

async function removeLeftover(partial: string): Promise<void> {
  const found = lstatSync(partial, { throwIfNoEntry: false });
  if (found === undefined) return;
  const lock = found.isFile() ? lockOf(partial) : undefined;
  if (lock === "taken") throw written(partial);
  try {
    // What stands there now may be another backup's, which began meanwhile.
    const present = lstatSync(partial, { throwIfNoEntry: false });
    if (present !== undefined && present.ino !== found.ino) throw written(partial);
    if (lock && fstatSync(lock.fd).ino !== found.ino) throw written(partial);
    await rm(partial, { force: true });
  } finally {
    if (lock) closeSync(lock.fd);
  }
}

// Undefined where there is none, or it may not be opened.
function lockOf(partial: string) {
  try {
    return lockFile(partial);
  } catch (error) {
    if (["ENOENT", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return undefined;
    throw error;
  }
}

const written = (partial: string) =>
  new OperatorError(
    `Another backup is writing ${partial}: wait until it is done, or give this one another name.`,
  );
