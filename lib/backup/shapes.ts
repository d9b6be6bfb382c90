import { z } from "zod";
import { damaged, notABackup } from "@/lib/backup/records";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

/** Raised when an older Portaria could no longer read what is written. */
export const FORMAT_VERSION = 1;

const word = z.string().min(1).max(255);
// As secrets.json and AUTH_SECRET take them: what they refuse would end the next start.
const secret = z
  .string()
  .min(1)
  .max(100_000)
  .regex(/^\P{Cc}*$/u);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const headerShape = z.object({
  format: z.literal("portaria backup"),
  formatVersion: z.literal(FORMAT_VERSION),
  product: z.string().max(100),
  postgres: z.string().max(200),
  at: z.iso.datetime(),
  migrations: z.array(z.string().regex(/^\w{1,255}$/)).max(10_000),
  /** What `secrets.json` held but the database's own password; `authSecret` may be a list, as in AUTH_SECRET. */
  secrets: z.looseObject({
    authSecret: secret.min(32),
    demoPasswords: z.record(z.string(), secret).optional(),
    demoAppKeys: z.record(z.string(), secret.regex(/^[A-Z2-7]{32}$/)).optional(),
  }),
});
const tableShape = z.object({ table: word, columns: z.array(word).min(1).max(1600) });
const endShape = z.object({ rows: count });
const summaryShape = z.object({
  counts: z.record(z.string(), count),
  sequences: z.array(
    z.object({ name: word, value: z.string().regex(/^-?\d{1,19}$/), isCalled: z.boolean() }),
  ),
});

/** The first record: what the backup is of, and the secrets that belong to its rows. */
export type Header = z.output<typeof headerShape>;
/** Before the rows of a table: its name and the columns in their order. */
export type Table = z.output<typeof tableShape>;
/** Behind all rows: how many rows each table has, and where the sequences stand. */
export type Summary = z.output<typeof summaryShape>;

/**
 * Reads the first record.
 *
 * @throws OperatorError for what is no backup, or is one of a newer format
 */
export function readHeader(content: Buffer): Header {
  const value = parse(content);
  const format = z.object({ format: z.literal("portaria backup"), formatVersion: z.int() });
  const known = format.safeParse(value);
  if (!known.success) throw notABackup();
  if (known.data.formatVersion > FORMAT_VERSION)
    throw new OperatorError(
      `The backup has format ${known.data.formatVersion}, and this version of Portaria reads up to ${FORMAT_VERSION}: restore it with the version that made it, or a later one.`,
    );
  return check(headerShape, value);
}

export const readTable = (content: Buffer): Table => check(tableShape, parse(content));
export const readEnd = (content: Buffer) => check(endShape, parse(content));
export const readSummary = (content: Buffer): Summary => check(summaryShape, parse(content));

function check<Shape extends z.ZodType>(shape: Shape, value: unknown): z.output<Shape> {
  const read = shape.safeParse(value);
  if (!read.success) throw damaged("a record does not have its form");
  return read.data;
}

function parse(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}
