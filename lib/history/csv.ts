import type { JudgedSignIn } from "@/lib/history/list-sign-ins";

// Spreadsheets take a cell that begins so for a formula (OWASP, "CSV Injection").
const formula = /^[=+\-@\t\r]/;

function cell(value: string | null): string {
  const text = value ?? "";
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * Rows as CSV (RFC 4180), in UTF-8 with a byte order mark, without which spreadsheets read it otherwise.
 *
 * @param rows the first of them the headings
 */
export function csvOf(rows: readonly (readonly (string | null)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

/** The sign-in history as CSV; times in ISO 8601 and UTC. */
export function signInsCsv(signIns: readonly JudgedSignIn[]): string {
  const headings = ["time", "verdict", "ip", "country", "place", "browser", "system"];
  const rows = signIns.map((one) => [
    one.at.toISOString(),
    one.verdict,
    one.ip,
    one.countryCode,
    one.placeName,
    one.browser,
    one.system,
  ]);
  return csvOf([headings, ...rows]);
}
