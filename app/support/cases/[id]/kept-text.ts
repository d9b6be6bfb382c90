// A notice shortens values of more than 320 letters, and all of them beyond 1,500 bytes together.
const PART_LETTERS = 320;
const PARTS_BYTES = 1_400;

const name = (part: number) => `text${part}`;

/** A long text in parts that an answer carries over its redirect; its end is left out if it is too long. */
export function keepText(text: string): Record<string, string> {
  // No letter has less than a byte.
  let kept = text.slice(0, PARTS_BYTES);
  while (Buffer.byteLength(kept) > PARTS_BYTES) kept = kept.slice(0, -1);
  const count = Math.ceil(kept.length / PART_LETTERS);
  const parts = Array.from({ length: count }, (_, part) => [
    name(part),
    kept.slice(part * PART_LETTERS, (part + 1) * PART_LETTERS),
  ]);
  return Object.fromEntries(parts);
}

/** Puts a text together again; empty when none was kept. */
export function keptText(value: (field: string) => string | undefined): string {
  const parts: string[] = [];
  for (;;) {
    const part = value(name(parts.length));
    if (part === undefined) return parts.join("");
    parts.push(part);
  }
}
