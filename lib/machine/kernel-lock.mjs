import { spawnSync } from "node:child_process";
import { closeSync, constants, fchownSync, fstatSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";

// Node has no flock(2). Each of these locks what it was given as descriptor 3. The lock belongs to the
// open file and not to the process, so it stays ours when they have ended.
const programs = [
  { name: "flock", exclusive: ["-n", "-x", "3"], shared: ["-n", "-s", "3"] },
  { name: "perl", exclusive: perl(2 | 4), shared: perl(1 | 4) },
];

const triesAtMost = 20;

/**
 * Locks the file at `path` for as long as this process, or one that was given the descriptor, keeps it
 * open: the kernel gives it back however they end, and it counts in every namespace, container and
 * mount of this machine. Network file systems mostly carry it between machines too.
 *
 * @param {string} path
 * @param {{ shared?: boolean, create?: boolean }} [options] shared: beside others that share
 *   it, and a file that may only be read will do; create: make the file when it is missing
 * @returns {{ fd: number, sure: boolean } | "taken"} sure: false where this system or file system
 *   knows no such lock, so that others may have it too
 */
export function lockFile(path, { shared = false, create = false } = {}) {
  for (let tries = 1; ; tries++) {
    const fd = openSync(path, flagsFor({ shared, create }), 0o644);
    if (!fstatSync(fd).isFile()) {
      closeSync(fd);
      throw Object.assign(new Error(`${path} is no ordinary file`), { code: "EFTYPE" });
    }
    if (create) leaveToOwner(path, fd);
    const answer = ask(fd, shared ? "shared" : "exclusive");
    if (answer !== "taken" && isAt(path, fd)) return { fd, sure: answer === "held" };
    // Some file systems give a file another number at each look: there the lock is no proof.
    if (answer !== "taken" && tries === triesAtMost) return { fd, sure: false };
    closeSync(fd);
    if (answer === "taken") return "taken";
  }
}

// Without waiting: opening a FIFO would last for ever, with every signal unheard.
function flagsFor({ shared, create }) {
  const mode = shared ? constants.O_RDONLY : constants.O_RDWR;
  return mode | (constants.O_NONBLOCK ?? 0) | (create ? constants.O_CREAT : 0);
}

// What root made in somebody's folder would keep its owner out later.
function leaveToOwner(path, fd) {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(path));
  if (fstatSync(fd).uid === 0 && uid !== 0) fchownSync(fd, uid, gid);
}

function ask(fd, mode) {
  for (const program of programs) {
    const { status, stderr, error } = spawnSync(program.name, program[mode], {
      stdio: ["ignore", "ignore", "pipe", fd],
      encoding: "utf8",
    });
    if (error) continue;
    if (status === 0) return "held";
    // Busybox ends with 1 after an error too, but says what it was.
    if (status === 1 && stderr.trim() === "") return "taken";
  }
  return "unknown";
}

// Somebody may have put another file there between our opening and our lock.
function isAt(path, fd) {
  const mine = fstatSync(fd);
  const there = statSync(path, { throwIfNoEntry: false });
  return there?.ino === mine.ino && there.dev === mine.dev;
}

function perl(operation) {
  const script = `open(my $file, "<&=", 3) or exit 2; exit(flock($file, ${operation}) ? 0 : $!{EWOULDBLOCK} ? 1 : 2)`;
  return ["-e", script];
}
