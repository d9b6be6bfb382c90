import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chownSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { isSkipped } from "@/lib/testing/skipping";

/** Runs a program to its end; throws with what it said where it fails. */
export const runProgram = promisify(execFile);

const programs = ["/usr/sbin/postfix", "/usr/sbin/dovecot", "/usr/bin/openssl"];

const isRoot = process.getuid?.() === 0;

/**
 * Whether this machine has postfix and dovecot, Debian's packages, which only root may start: tests do without
 * them, but in CI they are installed (.ci/run), and what starts them fails where they are not.
 */
const hasMailPrograms =
  process.env.CI === "true" || (isRoot && programs.every((path) => existsSync(path)));

/** Says that tests are skipped which need postfix and dovecot, where these cannot be had; whether they are. */
export const skipsWithoutMailPrograms = (tests: string): boolean =>
  isSkipped(
    !hasMailPrograms,
    `${tests}; they need ${isRoot ? "postfix, dovecot and openssl, Debian's packages" : "root, which alone may start postfix and dovecot"}.`,
  );

/** A program with its words, as root runs it: by itself, or in CI by sudo. */
export const asRoot = (program: string, ...words: string[]): [string, string[]] =>
  isRoot ? [program, words] : ["sudo", ["-n", program, ...words]];

/** The user whom mailboxes belong to: not root, so nobody or whoever runs the tests. */
export const mailboxOwner = isRoot ? 65_534 : (process.getuid?.() ?? 65_534);

/** Gives a file to the owner of mailboxes. */
export function giveToOwner(path: string): void {
  if (isRoot) chownSync(path, mailboxOwner, mailboxOwner);
}

/** A certificate for 127.0.0.1 that nobody else vouches for, and its key. */
export async function makeCertificate(directory: string): Promise<{ cert: string; key: string }> {
  const [cert, key] = [join(directory, "cert.pem"), join(directory, "key.pem")];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const files = ["-keyout", key, "-out", cert];
  await runProgram("openssl", ["req", "-x509", "-nodes", "-days", "2", ...kind, ...name, ...files]);
  return { cert, key };
}

/** Makes a mailbox of files, a file a mail. */
export function makeMaildir(directory: string): void {
  for (const folder of ["", "cur", "new", "tmp"]) {
    const path = join(directory, folder);
    mkdirSync(path, { recursive: true, mode: 0o755 });
    giveToOwner(path);
  }
}

/** Puts a mail into a mailbox of files, as a mail server does that takes it. */
export function putIntoMaildir(
  directory: string,
  { from, to, subject, text }: { from: string; to: string; subject: string; text: string },
): void {
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: =?utf-8?b?${Buffer.from(subject).toString("base64")}?=`,
  ];
  const body = Buffer.from(text).toString("base64").replaceAll(/.{76}/g, "$&\r\n");
  const mime = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"];
  const mail = [...head, ...mime, "Content-Transfer-Encoding: base64", "", body, ""].join("\r\n");
  const path = join(directory, "new", `${Date.now()}.${randomUUID()}.test`);
  writeFileSync(path, mail);
  giveToOwner(path);
}

/** Waits until somebody listens on a port of 127.0.0.1. */
export async function whenListening(port: number): Promise<void> {
  const isThere = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
    });
  while (!(await isThere())) await pause(50);
}
