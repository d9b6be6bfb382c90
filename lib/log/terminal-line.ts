const marks: Record<string, string> = { warn: "Mind", error: "Fault", fatal: "Fault" };

// What a person at a terminal reads first; the rest is for programs.
const said = ["path", "method", "status", "reason", "mailId", "kind"];

const isPlain = (value: unknown) => typeof value === "string" || typeof value === "number";

/**
 * A line of the log as a person at a terminal reads it: what needs them, in one sentence, with the
 * cause below it. What only says that all is well is left out: the banner stays the last thing there.
 *
 * @param line JSON, as the log writes it
 * @returns null for what is left out; a line that is no JSON as it is
 */
export function terminalLine(line: string): string | null {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line);
  } catch {
    return line;
  }
  const mark = marks[String(fields.level)];
  if (mark === undefined) return null;
  const clock = String(fields.time).slice(11, 19);
  const of = said.flatMap((name) => (isPlain(fields[name]) ? [`${name} ${fields[name]}`] : []));
  const { message } = (fields.err ?? fields.error ?? {}) as { message?: unknown };
  const cause = typeof message === "string" ? `\n           ${message.split("\n", 1)}` : "";
  return `  ${clock} ${mark}: ${fields.msg}${of.length > 0 ? ` (${of.join(", ")})` : ""}${cause}\n`;
}
