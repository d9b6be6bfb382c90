import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "@/lib/machine/project.mjs";

export const prismaDirectory = join(root, "prisma");

/** A migration as it lies in `prisma/migrations`: its folder's name, and its SQL. */
export type Migration = { name: string; script: string };

/** All migrations of a directory, oldest first. */
export function readMigrations(directory = join(prismaDirectory, "migrations")): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => ({
      name,
      script: readFileSync(join(directory, name, "migration.sql"), "utf8"),
    }));
}

/** The text of `schema.prisma`. */
export function readSchema(): string {
  return readFileSync(join(prismaDirectory, "schema.prisma"), "utf8");
}

/** A script's mark, as Prisma writes it into a database: SHA-256, in hexadecimal. */
export function checksumOf(script: string): string {
  return createHash("sha256").update(script).digest("hex");
}

/** Whether a mark is this script's; it may have been checked out with the other line ends. */
export function isChecksumOf(script: string, checksum: string): boolean {
  const unix = script.replaceAll("\r\n", "\n");
  return [script, unix, unix.replaceAll("\n", "\r\n")].map(checksumOf).includes(checksum);
}
