/** A brand colour and the text on it, chosen to be readable. */
export type Accent = { accent: string; onAccent: string };

// No colour here is six digits alone: a mail holds one six-digit number, its code.
export const light = {
  page: "#f3f4f6",
  card: "#ffffff",
  border: "#d9dde3",
  text: "#1c2430",
  quiet: "#51596b",
  panel: "#f1f4f9",
};

export const dark = {
  page: "#10141b",
  card: "#1a202b",
  border: "#38414f",
  text: "#eef1f6",
  quiet: "#b4bdca",
  panel: "#242c3a",
};

export const sans =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
export const mono = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

/** The width no mail exceeds, in px. */
export const maxWidth = 600;

/** Accents of the preview, for a blue brand. */
export const previewAccents: { light: Accent; dark: Accent } = {
  light: { accent: "#1f5fbf", onAccent: "#ffffff" },
  dark: { accent: "#8ab4f8", onAccent: "#10141b" },
};

/**
 * The style sheet of every mail: what inline styles cannot say. Inline styles are the light look;
 * clients without media queries keep it.
 */
export function styleSheet(darkAccent: Accent): string {
  const rules: [string, string][] = [
    [".m-page", `background-color: ${dark.page} !important;`],
    // react-email paints its own table inside the body.
    [".m-page > table > tbody > tr > td", `background-color: ${dark.page} !important;`],
    [
      ".m-card",
      `background-color: ${dark.card} !important; border-color: ${dark.border} !important;`,
    ],
    [".m-text", `color: ${dark.text} !important;`],
    [".m-quiet", `color: ${dark.quiet} !important;`],
    [
      ".m-panel",
      `background-color: ${dark.panel} !important; border-color: ${darkAccent.accent} !important;`,
    ],
    [".m-line", `border-color: ${dark.border} !important;`],
    [".m-link", `color: ${darkAccent.accent} !important;`],
    [
      ".m-button",
      `background-color: ${darkAccent.accent} !important; color: ${darkAccent.onAccent} !important;`,
    ],
    [".m-outlined", `border-color: ${dark.quiet} !important; color: ${dark.text} !important;`],
  ];
  const block = (prefix: string) =>
    rules.map(([selector, body]) => `${prefix}${selector} { ${body} }`).join("\n");
  return [
    ":root { color-scheme: light dark; supported-color-schemes: light dark; }",
    ".m-code { -webkit-user-select: all; user-select: all; }",
    "a:focus-visible { outline: 3px solid; outline-offset: 2px; }",
    `@media (prefers-color-scheme: dark) {\n${block("")}\n}`,
    // Outlook's apps mark their dark look so.
    block("[data-ogsc] "),
    "@media (max-width: 480px) {",
    ".m-pad { padding: 24px 20px !important; }",
    ".m-outer { padding: 0 !important; }",
    ".m-card { border-radius: 0 !important; border-width: 0 0 1px !important; }",
    "}",
  ].join("\n");
}
