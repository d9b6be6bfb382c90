import type { TextKey } from "@/lib/mail-document/text-key";
import { builtInHash } from "@/lib/templates/text-content";
import { textName } from "@/lib/templates/text-key-of";

// Built-in texts change with the program alone.
const hashes = new Map<string, string | null>();

function hashOf(key: TextKey): string | null {
  const name = textName(key);
  const known = hashes.get(name);
  if (known !== undefined) return known;
  const hash = builtInHash(key);
  hashes.set(name, hash);
  return hash;
}

/** Whether the built-in text of a mail is another than when its live version was published. */
export const isBuiltInChanged = (
  key: TextKey,
  live: { builtIn: string | null; isBuiltIn: boolean } | null,
): boolean =>
  live !== null && !live.isBuiltIn && live.builtIn !== null && live.builtIn !== hashOf(key);
