// What programs write above a mail that they forward as text, in our languages: words alone.
const opening =
  /^(-{2,}\s?(?=[^-]*(forward|original|transf|transm|reenvi|encamin|message|mensaje|mensagem))[\p{L} '’]{1,60}-{2,}|(begin forwarded message|début du message r[ée]exp[ée]di[ée]|início da mensagem reencaminhada|inicio del mensaje reenviado)\s*:)$/iu;
const subjects = /^(subject|objet|assunto|asunto)$/iu;
const dates = /^(sent|date|envoy[ée]|enviado?|enviada em|fecha|data)$/iu;
// No mail of ours says where an answer goes.
const persons = /^(from|to|cc|de|à|para)$/iu;
const header = /^([\p{L}-]+(?: [\p{L}]+)?)\s*:\s*(.*)$/u;
// Longer ones are no program's, and a line without an end would be tried in all ways.
const LINE_LONGEST = 200;

// What programs put in front of a subject when they forward a mail or answer it.
const prefixes = /^((fwd?|re|tr|rv|enc|res)\s*:\s*)+/iu;

/** A mail as it was before somebody forwarded it. */
export type Unforwarded = { text: string; subject: string | null; isForwarded: boolean };

/** A subject without what is put in front of it when a mail is forwarded. */
export const withoutPrefixes = (subject: string): string => subject.trim().replace(prefixes, "");

const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1)));
const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 0, 4 + day)));
const zones = "utc gmt z cet cest wet west am pm at of the de la las le el à a às em on h";
const wordsOfDates = new Set([
  ...zones.split(" "),
  ...["en", "fr", "pt", "es"]
    .flatMap((locale) =>
      (["long", "short"] as const).flatMap((style) => [
        ...months.map((one) => one.toLocaleString(locale, { month: style, timeZone: "UTC" })),
        ...days.map((one) => one.toLocaleString(locale, { weekday: style, timeZone: "UTC" })),
      ]),
    )
    .flatMap((name) =>
      name
        .toLowerCase()
        .replaceAll(".", "")
        .split(/[^\p{L}]+/u),
    ),
]);

// One year and one zone at most; what else is counted has two digits, and no three stand side by side.
const year = /(?<!\d)20\d\d(?!\d)/;
const zone = /[+-]\d{4}\b(?!.*\d)/;
const numberToCall = /\d{3}|\+|\d[ .()-]+\d+[ .()-]+\d/;
const isDate = (value: string) =>
  value.length <= 60 &&
  /^[\p{L}\d ,.:;+()/-]*$/u.test(value) &&
  year.test(value) &&
  !numberToCall.test(value.replace(zone, "").replace(year, "y")) &&
  (value.toLowerCase().match(/\p{L}+/gu) ?? []).every((word) => wordsOfDates.has(word));
const address = /^(?:"?[\p{L}\p{M}\d .,'’-]{0,40}"?\s*)?<?[^\s<>@:/,]+@[^\s<>@:/,]+>?$/u;
// A name may have a number, and none to call.
const DIGITS_MOST = 4;
const areAddresses = (value: string) =>
  value
    .split(/[,;]\s+(?=\S+@|"|[^,;]*<)/)
    .every(
      (one) =>
        address.test(one) && one.replace(/\S+@\S+/, "").replace(/\D/g, "").length <= DIGITS_MOST,
    );

type Header = { name: string; kind: "subject" | "date" | "persons"; value: string };

/**
 * A header as programs write them into a text; null: it is none. Of what it says only a subject is compared,
 * so nothing else that somebody may read there is taken for one.
 */
function headerOf(line: string): Header | null {
  if (line.length > LINE_LONGEST) return null;
  const [, label = "", value = ""] = header.exec(line) ?? [];
  const name = label.toLowerCase();
  if (subjects.test(name)) return { name, kind: "subject", value };
  if (dates.test(name) && isDate(value)) return { name, kind: "date", value };
  return persons.test(name) && areAddresses(value) ? { name, kind: "persons", value } : null;
}

const isOpening = (line: string) => line.length <= LINE_LONGEST && opening.test(line);

function unquoted(lines: string[]): string[] | null {
  const written = lines.filter((line) => line.trim() !== "");
  if (written.length === 0 || !written.every((line) => line.startsWith(">"))) return null;
  return lines.map((line) => line.replace(/^> ?/, ""));
}

/** Takes from a text what a program put around it when it forwarded it: the marks of a quotation, its headers. */
export function unforward(text: string): Unforwarded {
  const lines = text.split(/\r\n?|\n/);
  const from = lines.findIndex((line) => line.trim() !== "");
  if (!isOpening(lines[from]?.trim() ?? "")) {
    const bare = unquoted(lines);
    return { text: (bare ?? lines).join("\n"), subject: null, isForwarded: bare !== null };
  }
  let at = from + 1;
  while (lines[at]?.trim() === "") at += 1;
  let subject: string | null = null;
  const seen = new Set<string>();
  for (; ; at += 1) {
    const found = headerOf(lines[at]?.trim() ?? "");
    // In any language it is the same header: of two subjects only one would be compared.
    const key = found?.kind === "subject" ? found.kind : found?.name;
    if (found === null || key === undefined || seen.has(key)) break;
    seen.add(key);
    if (found.kind === "subject") subject = found.value;
  }
  // Anything else that stands there is no part of our mail, and makes it another.
  const rest = lines.slice(at);
  return { text: (unquoted(rest) ?? rest).join("\n"), subject, isForwarded: true };
}
