import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { networkKeyOfIp } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { type CookiePurpose, cookieName } from "@/lib/cookies/cookies";
import { isDatabaseDown } from "@/lib/db/database-down";
import { soon, TooLate } from "@/lib/db/soon";
import {
  eraseInputRow,
  eraseInputRowsOf,
  findInputRow,
  inputRowWaits,
  keepInputRow,
} from "@/lib/forms/returned-input-store";
import { fitsInARow, type TypedInput, typedInput } from "@/lib/forms/typed-input";
import { log } from "@/lib/log/log";
import { fromNobodysShare, type ReturnedInput } from "@/lib/log/request-context";
import { afterMinutes } from "@/lib/moments";
import { decrypt, encrypt } from "@/lib/secrets/encryption";
import { keysFor, unseal } from "@/lib/secrets/secrets";

/** How long what was typed waits to be shown again, in minutes. */
export const INPUT_KEPT_MINUTES = 15;

/** Forms of one network whose content is kept at once; the oldest make room. */
export const INPUTS_OF_A_NETWORK = 20;

// A form that met a silent database has waited for it already: the cookie keeps what it can.
const KEPT_WITHIN_MILLISECONDS = 1_500;

/** The parameter of a page's address by which two tabs of a browser on one page are distinguished. */
export const MARK_PARAMETER = "returned";

const purpose = "returned input";

// By what only one browser has. The first is there since its first page, so tabs agree on it.
const distinguishing = ["visit", "browser"] as const satisfies CookiePurpose[];

const hashWith = (key: Buffer, ...parts: string[]) =>
  new Uint8Array(createHmac("sha256", key).update(JSON.stringify(parts)).digest());

/** The value of a cookie by its full name. */
export type ReadCookie = (name: string) => string | undefined;

/** What a browser shows that no other has: by purpose and value. */
function shownBy(cookie: ReadCookie): string[][] {
  return distinguishing.flatMap((purpose) => {
    const value = cookie(cookieName(purpose));
    return value ? [[purpose, value]] : [];
  });
}

/** Whether a browser can be known again. */
export const isKnown = (cookie: ReadCookie): boolean => shownBy(cookie).length > 0;

const hashes = (parts: string[][]) =>
  keysFor(purpose).flatMap((key) => parts.map((part) => hashWith(key, ...part)));

/** An id without six digits in a row, which could be taken for a code. */
function newId(): string {
  for (;;) {
    const id = randomBytes(16).toString("base64url");
    if (!/\d{6}/.test(id)) return id;
  }
}

/** What a row holds. */
const content = z.object({ notice: z.unknown(), input: typedInput });

export type Keeping = {
  cookie: ReadCookie;
  /** Path of the page that shows it. */
  path: string;
  /** Of the client; null: unknown. */
  ip: string | null;
  notice: unknown;
  input: TypedInput;
};

export type KeptInput =
  /** `mark`: what the page's address has to name; empty for nothing. */
  | { kind: "kept"; id: string; mark: string }
  /** More than is kept, or of a browser that cannot be known again. */
  | { kind: "not-kept" }
  | { kind: "database-down" };

/** Keeps what was typed into a form that was not taken, for its browser alone to be shown once. */
export async function keepInput(keeping: Keeping): Promise<KeptInput> {
  const { cookie, path, ip, notice, input } = keeping;
  const [shown] = shownBy(cookie);
  const [key] = keysFor(purpose);
  if (shown === undefined || key === undefined || !fitsInARow(input)) return { kind: "not-kept" };
  const [id, createdAt] = [newId(), readClock()];
  const row = {
    id,
    browser: hashWith(key, ...shown),
    page: hashWith(key, path),
    network: networkKeyOfIp(ip),
    sealed: encrypt(purpose, id, JSON.stringify({ notice, input })),
    createdAt,
    expiresAt: afterMinutes(createdAt, INPUT_KEPT_MINUTES),
  };
  try {
    const mark = await soon(keepInputRow(row, INPUTS_OF_A_NETWORK), KEPT_WITHIN_MILLISECONDS);
    return { kind: "kept", id, mark };
  } catch (error) {
    if (error instanceof TooLate || isDatabaseDown(error)) return { kind: "database-down" };
    throw error;
  }
}

/**
 * What waits for a browser at an address.
 *
 * @param mark of the address, see `MARK_PARAMETER`; empty where it has none
 * @returns null where nothing does: it was shown, its time is over, or it is another browser's
 */
export async function findInput(
  cookie: ReadCookie,
  path: string,
  mark: string,
): Promise<ReturnedInput | null> {
  const browsers = hashes(shownBy(cookie));
  if (browsers.length === 0) return null;
  const row = await findInputRow({ browsers, pages: hashes([[path]]), mark }, readClock());
  const plain = row && decrypt(purpose, row.id, row.sealed);
  if (!plain) return null;
  const read = content.safeParse(JSON.parse(plain));
  return read.success ? { ...read.data, id: row.id } : null;
}

/** Erases what was shown. Where the database is away meanwhile, its time ends it. */
export async function eraseInput(id: string): Promise<void> {
  await quietly(() => eraseInputRow(id));
}

/** Erases all that waits for a browser: somebody else may sit there now. */
export async function eraseInputsOf(cookie: ReadCookie): Promise<void> {
  const browsers = hashes(shownBy(cookie));
  if (browsers.length > 0) await quietly(() => eraseInputRowsOf(browsers));
}

async function quietly(erase: () => Promise<void>): Promise<void> {
  try {
    await fromNobodysShare(erase);
  } catch (error) {
    // Whoever signs in or out is not to fail by it; it ends by itself soon.
    if (!isDatabaseDown(error))
      log.warn({ error }, "What was typed into a form could not be erased.");
  }
}

/** Whether what an answer leads to still waits to be shown. */
export const inputWaits = (id: string): Promise<boolean> => inputRowWaits(id, readClock());

/** By what a notice's cookie names what waits for a page. */
export const namedInput = z.object({
  /** Empty where nothing could be kept. */
  id: z.string(),
  /** Path of the page. */
  path: z.string(),
});

const naming = z.object({ input: namedInput });
const holding = z.object({ returned: typedInput });

/** What a notice's cookie names; null where it names nothing. */
export function inputNamedBy(cookie: string | undefined): z.infer<typeof namedInput> | null {
  const read = naming.safeParse(unseal("notice", cookie));
  return read.success ? read.data.input : null;
}

/** What a notice's cookie itself holds, whatever it says; null where it holds nothing. */
export function inputHeldBy(cookie: string | undefined): TypedInput | null {
  const read = holding.safeParse(unseal("notice", cookie));
  return read.success ? read.data.returned : null;
}
