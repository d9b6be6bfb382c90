import endings from "tlds";
import { judgeName, type NameError, tidyName } from "@/lib/typed/judge-name";

export type { NameError };

// RFC 2606 and RFC 6761: not in the root, and still written as addresses.
const reserved = ["example", "test", "invalid", "localhost", "local", "onion"];
const known = new Set([...endings, ...reserved]);

const isEnding = (label: string) => known.has(label) || label.startsWith("xn--");

/** A name as typed, of anybody or anything: tidied, and what is wrong with it. */
export function typedName(
  typed: string,
  maxLength: number,
): { name: string; error: NameError | undefined } {
  const name = tidyName(typed);
  return { name, error: judgeName(name, maxLength, isEnding) };
}
