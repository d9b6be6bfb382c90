// What programs write above a mail that they forward as text, in our languages: words alone.
const opening =
  /^(-{2,}\s?(?=[^-]*(forward|original|transf|transm|reenvi|encamin|message|mensaje|mensagem))[\p{L} '’]{1,60}-{2,}|(begin forwarded message|début du message r[ée]exp[ée]di[ée]|início da mensagem reencaminhada|inicio del mensaje reenviado)\s*:)$/iu;
const labels =
  "from|sent|date|to|cc|reply-to|de|envoy[ée]|objet|à|para|enviado?|enviada em|fecha|data|répondre à|responder a";
const subjects = "subject|objet|assunto|asunto";
const header = new RegExp(`^(${labels}|${subjects})\\s*:\\s*(.*)$`, "iu");
const subjectLine = new RegExp(`^(${subjects})\\s*:\\s*(.*)$`, "iu");
const HEADERS_MOST = 10;
// Longer ones are no program's, and a line without an end would be tried in all ways.
const LINE_LONGEST = 200;

// What programs put in front of a subject when they forward a mail or answer it.
const prefixes = /^((fwd?|re|tr|rv|enc|res)\s*:\s*)+/iu;

/** A mail as it was before somebody forwarded it. */
export type Unforwarded = { text: string; subject: string | null; isForwarded: boolean };

/** A subject without what is put in front of it when a mail is forwarded. */
export const withoutPrefixes = (subject: string): string => subject.trim().replace(prefixes, "");

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
  const first = at;
  for (; at < first + HEADERS_MOST && header.test(lines[at]?.trim() ?? ""); at += 1) {
    subject = subjectLine.exec(lines[at]?.trim() ?? "")?.[2] ?? subject;
  }
  // Anything else that stands there is no part of our mail, and makes it another.
  const rest = lines.slice(at);
  return { text: (unquoted(rest) ?? rest).join("\n"), subject, isForwarded: true };
}
