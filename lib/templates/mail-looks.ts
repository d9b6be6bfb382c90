import { escapeHtml } from "@/lib/mail/escape-html";
import type { RenderedMail } from "@/lib/mail/rendered-mail";

/** The ways in which a page shows a mail. */
export const mailLooks = [
  ...(["phone-light", "phone-dark", "desktop-light", "desktop-dark"] as const),
  ...(["no-images", "plain-text"] as const),
] as const;
export type MailLook = (typeof mailLooks)[number];

/** A look as an address or a form names it; any other is the light one on a desktop. */
export const readLook = (typed: string): MailLook =>
  mailLooks.find((look) => look === typed) ?? "desktop-light";

const darkOnly = "@media (prefers-color-scheme: dark)";
const schemes = ":root { color-scheme: light dark; supported-color-schemes: light dark; }";

/** A mail as a page of its own: what a program of one look, or one that shows no pictures, makes of it. */
export function mailPage({ html, text, subject }: RenderedMail, look: MailLook): string {
  if (look === "plain-text") return plainPage(subject, text);
  const isDark = look.endsWith("-dark");
  const inLook = html
    .replaceAll(darkOnly, isDark ? "@media all" : "@media not all")
    .replace(schemes, `:root { color-scheme: ${isDark ? "dark" : "light"}; }`);
  return look === "no-images" ? inLook.replace(/(<img\b[^>]*?) src="[^"]*"/g, "$1") : inLook;
}

/** Words alone, as a page in a frame. */
export function wordsPage(words: string): string {
  return plainPage(words, words);
}

const plainPage = (title: string, text: string) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
  "<style>body{margin:0;padding:1rem;background:#fff;color:#1c2430}" +
  "pre{margin:0;font:0.9375rem/1.5 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}</style>" +
  `</head><body><pre>${escapeHtml(text)}</pre></body></html>`;
