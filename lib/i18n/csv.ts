import { stringify } from "csv-stringify/sync";
import { csvSeparators, type Locale } from "@/lib/i18n/locales";

// Spreadsheets take a cell that begins so for a formula (OWASP, "CSV Injection"), some of them also
// behind gaps or with full-width characters; the library knows the plain ones at the very start.
const formula = /^[\s\p{Cf}\0]*[=+\-@\u2212|%]|^[\t\r\n]/u;

function harmless(value: string | null): string {
  const text = value ?? "";
  return formula.test(text.normalize("NFKC")) ? `'${text}` : text;
}

/**
 * Rows as CSV (RFC 4180, with the separator that the language's spreadsheets expect), in UTF-8.
 *
 * @param rows the first of them the headings, where the file begins with them
 * @param part "start" with a byte order mark, without which spreadsheets read it otherwise; "more": what
 *   goes on behind it
 */
export function csvOf(
  rows: readonly (readonly (string | null)[])[],
  locale: Locale,
  part: "start" | "more" = "start",
): string {
  return stringify(
    rows.map((row) => row.map(harmless)),
    {
      bom: part === "start",
      delimiter: csvSeparators[locale],
      // A program set to another language parts cells by the other character.
      quoted_match: /[,;\t\r\n]/,
      record_delimiter: "windows",
    },
  );
}
