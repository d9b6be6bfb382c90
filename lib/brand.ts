import { contrast, mix } from "@/lib/colour";

/** The accent of one colour scheme, each value like "#1f5fbf". */
export type Accent = {
  /** Buttons, links and focus: 4.5:1 or more on every surface of the scheme. */
  accent: string;
  /** The accent under the pointer. */
  accentHover: string;
  /** Text on either. */
  onAccent: string;
};

/** What accents stand on, in pages (`--page`, `--card`, `--sunken` of globals.css) and in mails. */
export const surfaces = {
  light: ["#f5f6f8", "#ffffff", "#eff1f5", "#f1f4f9"],
  dark: ["#0e1116", "#161a21", "#1f252e", "#242c3a"],
} as const;

const textContrast = 4.5;
const black = "#000000";
const white = "#ffffff";
const darkText = "#0e1116";

/** The colour nearest to `hex` on its way to `end` that is readable on all surfaces; `end` itself is. */
function readable(hex: string, end: string, on: readonly string[]): string {
  const steps = 100;
  for (let step = 0; step < steps; step += 1) {
    const candidate = mix(hex, end, step / steps);
    if (on.every((surface) => contrast(candidate, surface) >= textContrast)) return candidate;
  }
  return end;
}

/**
 * Makes the accents of pages and mails from the host's colour, whatever it is: it is darkened for the
 * light scheme and lightened for the dark one, as little as WCAG 2.2 AA (1.4.3, 1.4.11) asks for.
 *
 * @param hex six hexadecimal digits after a "#"
 */
export function brandColors(hex: string): { light: Accent; dark: Accent } {
  const light = readable(hex, black, surfaces.light);
  const dark = readable(hex, white, surfaces.dark);
  return {
    light: { accent: light, accentHover: mix(light, black, 0.18), onAccent: white },
    dark: { accent: dark, accentHover: mix(dark, white, 0.3), onAccent: darkText },
  };
}

// Not as #123456: a page that shows a mail holds no six figures in a row but the mail's code.
function asRgb(hex: string): string {
  const value = Number.parseInt(hex.slice(1), 16);
  return `rgb(${value >> 16} ${(value >> 8) & 255} ${value & 255})`;
}

/** The style sheet that hands the accents to globals.css. Holds nothing but colours. */
export function brandStyleSheet(hex: string): string {
  const { light, dark } = brandColors(hex);
  const block = ({ accent, accentHover, onAccent }: Accent) =>
    `:root{--accent:${asRgb(accent)};--accent-hover:${asRgb(accentHover)};--on-accent:${asRgb(onAccent)}}`;
  return `${block(light)}@media (prefers-color-scheme:dark){${block(dark)}}`;
}
