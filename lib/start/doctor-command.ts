import { checkMail } from "@/lib/doctor/check-mail";
import { openDns } from "@/lib/doctor/dns";
import { type Finding, withinLimit } from "@/lib/doctor/finding";
import { log } from "@/lib/log/log";
import { printFault } from "@/lib/machine/operator-error.mjs";
import { checkDatabase, checkSettings } from "@/lib/start/check-installation";
import { type DoctorCommand, readDoctorArguments } from "@/lib/start/doctor-arguments";

/** How long all checks have together. */
const LIMIT_MS = 20_000;

async function examine(command: DoctorCommand, milliseconds: number): Promise<Finding[]> {
  const { settings, findings } = checkSettings();
  if (settings === null) return findings;
  const found = await withinLimit(milliseconds, (inTime) => {
    const asked = { dns: openDns(command.dns), selector: command.selector, inTime };
    return Promise.all([inTime("database", checkDatabase), checkMail(settings, asked)]);
  });
  return [...findings, ...found.flat()];
}

/** The findings as lines for an operator; what to do stands below what is to be mended. */
export function linesOf(findings: Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, level, says, todo }) => [
    `${level.padEnd(7)}  ${check.padEnd(width)}  ${says}`,
    ...(todo === undefined ? [] : [`${" ".repeat(11 + width)}→ ${todo}`]),
  ]);
  const count = (level: Finding["level"]) => findings.filter((one) => one.level === level).length;
  return [
    ...lines,
    "",
    `${count("wrong")} wrong, ${count("warning")} to look at, ${count("ok")} ok`,
  ].join("\n");
}

/**
 * Does what `npm run doctor` is asked to: says what is wrong with an installation and what to put where,
 * and changes and sends nothing. Ends the process, with 1 where anything is wrong.
 *
 * @param options `milliseconds`: how long all that is looked at may take
 */
export async function runDoctorCommand(
  words: string[],
  { milliseconds = LIMIT_MS } = {},
): Promise<void> {
  // Standard output is for the answer.
  log.level = "silent";
  try {
    const command = readDoctorArguments(words);
    const findings = await examine(command, milliseconds);
    const isWell = findings.every(({ level }) => level !== "wrong");
    const answer = command.isJson
      ? JSON.stringify({ ok: isWell, findings }, null, 2)
      : linesOf(findings);
    await new Promise<void>((resolve) => process.stdout.write(`${answer}\n`, () => resolve()));
    if (!isWell) process.exitCode = 1;
  } catch (error) {
    printFault(error);
    process.exitCode = 1;
  }
  // What did not answer in time may hang for long, and nobody waits for it.
  process.exit();
}
