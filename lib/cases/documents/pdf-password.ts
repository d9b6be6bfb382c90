import { createCipheriv, createHash } from "node:crypto";

// ISO 32000-2, section 7.6.4.3: what fills a password up to 32 bytes. Here it stands for an empty one.
const padding = Buffer.from(
  "28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a",
  "hex",
);
const DICTIONARY_BYTES = 4_096;

type Encryption = {
  revision: number;
  keyBytes: number;
  owner: Buffer;
  user: Buffer;
  permissions: number;
  encryptsMetadata: boolean;
  id: Buffer;
};

const md5 = (...parts: Uint8Array[]) => createHash("md5").update(Buffer.concat(parts)).digest();

/** RC4, which OpenSSL no longer has by default. It hides nothing here: a password's check is made of it. */
function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number) => {
    const kept = state[one] ?? 0;
    state[one] = state[other] ?? 0;
    state[other] = kept;
  };
  for (let index = 0, other = 0; index < 256; index += 1) {
    other = (other + (state[index] ?? 0) + (key[index % key.length] ?? 0)) & 255;
    swap(index, other);
  }
  let [one, other] = [0, 0];
  const coded = Buffer.from(data);
  for (const [at, byte] of coded.entries()) {
    one = (one + 1) & 255;
    other = (other + (state[one] ?? 0)) & 255;
    swap(one, other);
    coded[at] = byte ^ (state[((state[one] ?? 0) + (state[other] ?? 0)) & 255] ?? 0);
  }
  return coded;
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** A string of a PDF behind a name, written in brackets or in hexadecimal; null: none. */
function stringOf(source: string, name: string): Buffer | null {
  const hex = new RegExp(`/${name}\\s*<([0-9a-fA-F\\s]*)>`).exec(source)?.[1];
  if (hex !== undefined) return Buffer.from(hex.replace(/\s/g, ""), "hex");
  const start = new RegExp(`/${name}\\s*\\(`).exec(source);
  if (start === null) return null;
  let read = "";
  let depth = 1;
  for (let at = start.index + start[0].length; at < source.length; at += 1) {
    const character = source[at] ?? "";
    if (character === "\\") {
      const [whole, octal, lineEnd] =
        /^\\(?:([0-7]{1,3})|(\r\n?|\n))/.exec(source.slice(at, at + 4)) ?? [];
      if (octal !== undefined) read += String.fromCharCode(Number.parseInt(octal, 8) & 255);
      else if (lineEnd === undefined) read += escapes[source[at + 1] ?? ""] ?? source[at + 1] ?? "";
      at += (whole?.length ?? 2) - 1;
      continue;
    }
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth === 0) return Buffer.from(read, "latin1");
    read += character;
  }
  return null;
}

const numberOf = (source: string, name: string): number | null => {
  const found = new RegExp(`/${name}\\s*(-?\\d{1,10})\\b`).exec(source)?.[1];
  return found === undefined ? null : Number(found);
};

/** The dictionary that says how a PDF is encrypted; it is never compressed itself (section 7.5.7). */
function dictionaryOf(source: string): string | null {
  for (const [, inline, number, generation] of source.matchAll(
    /\/Encrypt\s*(?:(<<)|(\d{1,10})\s+(\d{1,5})\s+R)/g,
  )) {
    const start = inline
      ? source.indexOf("/Encrypt")
      : source.search(new RegExp(`(?<!\\d)${number}\\s+${generation}\\s+obj\\b`));
    const whole = start === -1 ? "" : source.slice(start, start + DICTIONARY_BYTES);
    const found = inline ? whole : (whole.split("endobj")[0] ?? "");
    if (/\/Filter\s*\//.test(found) && /\/V\s*\d/.test(found)) return found;
  }
  return null;
}

function readEncryption(source: string, dictionary: string): Encryption | null {
  const [owner, user] = [stringOf(dictionary, "O"), stringOf(dictionary, "U")];
  const [revision, permissions] = [numberOf(dictionary, "R"), numberOf(dictionary, "P")];
  if (!/\/Filter\s*\/Standard\b/.test(dictionary)) return null;
  if (owner === null || user === null || revision === null || permissions === null) return null;
  const id = /\/ID\s*\[\s*(?:<[^>]*>|\()/.test(source)
    ? stringOf(source.slice(source.search(/\/ID\s*\[/)).replace(/^\/ID\s*\[/, "/ID"), "ID")
    : null;
  const bits = numberOf(dictionary, "Length") ?? 40;
  return {
    revision,
    // Version 4 says its length once more, in bytes, for its filter.
    keyBytes: revision === 2 ? 5 : bits >= 40 && bits <= 128 ? bits / 8 : 16,
    owner,
    user,
    permissions,
    encryptsMetadata: !/\/EncryptMetadata\s+false\b/.test(dictionary),
    id: id ?? Buffer.alloc(0),
  };
}

/** Algorithms 4 and 5 with an empty password. */
function opensBefore2(encryption: Encryption, keyBytes: number): boolean {
  const { revision, owner, user, permissions, id, encryptsMetadata } = encryption;
  const allowed = Buffer.alloc(4);
  allowed.writeInt32LE(permissions | 0);
  const plain = revision >= 4 && !encryptsMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let key: Buffer = md5(padding, owner.subarray(0, 32), allowed, id, plain);
  if (revision === 2) return rc4(key.subarray(0, 5), padding).equals(user.subarray(0, 32));
  for (let round = 0; round < 50; round += 1) key = md5(key.subarray(0, keyBytes));
  key = key.subarray(0, keyBytes);
  let check: Buffer = md5(padding, id);
  for (let round = 0; round < 20; round += 1)
    check = rc4(
      key.map((byte) => byte ^ round),
      check,
    );
  return check.equals(user.subarray(0, 16));
}

/** Algorithm 2.B with an empty password; revision 5 stops at its first line. */
function hashOf(salt: Uint8Array, revision: number): Buffer {
  let key: Buffer = createHash("sha256").update(salt).digest();
  if (revision === 5) return key;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const cipher = createCipheriv("aes-128-cbc", key.subarray(0, 16), key.subarray(16, 32));
    cipher.setAutoPadding(false);
    const coded = cipher.update(Buffer.concat(Array<Buffer>(64).fill(key)));
    const rest = coded.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(["sha256", "sha384", "sha512"][rest] ?? "")
      .update(coded)
      .digest();
    last = coded.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

function opensWithoutPassword(encryption: Encryption): boolean {
  const { revision, user, keyBytes } = encryption;
  if (revision >= 5) return hashOf(user.subarray(32, 40), revision).equals(user.subarray(0, 32));
  return [keyBytes, 16].some((bytes) => opensBefore2(encryption, bytes));
}

/**
 * Whether a PDF asks for a password before it shows anything. One that is only kept from being printed or
 * changed is encrypted with an empty one, and opens like any other.
 */
export function asksForPassword(bytes: Uint8Array): boolean {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const dictionary = dictionaryOf(source);
  if (dictionary === null) return false;
  const encryption = readEncryption(source, dictionary);
  return encryption === null || !opensWithoutPassword(encryption);
}
