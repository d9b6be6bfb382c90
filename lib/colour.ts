/** A colour as red, green and blue, each 0 to 255. */
type Rgb = readonly [number, number, number];

function readHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function writeHex(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG 2.2, "relative luminance": 0 for black to 1 for white; `hex` like "#1f5fbf". */
export function luminance(hex: string): number {
  const [red, green, blue] = readHex(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio" of two colours: 1 to 21, the order does not matter. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** A colour with `share` (0 to 1) of another mixed in. */
export function mix(hex: string, other: string, share: number): string {
  const added = readHex(other);
  const mixed = readHex(hex).map((part, index) => {
    return part + ((added[index] ?? 0) - part) * share;
  });
  return writeHex(mixed as unknown as Rgb);
}
