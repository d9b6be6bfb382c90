import { checkMail } from "@/lib/doctor/check-mail";
import { openDns } from "@/lib/doctor/dns";
import { type Finding, inTime } from "@/lib/doctor/finding";
import { log } from "@/lib/log/log";
import { printFault } from "@/lib/machine/operator-error.mjs";
import { checkDatabase, checkSettings } from "@/lib/start/check-installation";
import { type DoctorCommand, readDoctorArguments } from "@/lib/start/doctor-arguments";

const DATABASE_LIMIT_MS = 30_000;

async function examine({ dns, selector }: DoctorCommand): Promise<Finding[]> {
  const { settings, findings } = checkSettings();
  if (settings === null) return findings;
  const [database, mail] = await Promise.all([
    inTime("database", DATABASE_LIMIT_MS, checkDatabase),
    checkMail(settings, { dns: openDns(dns), selector }),
  ]);
  return [...findings, ...database, ...mail];
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
 * and changes and sends nothing. The process ends with 1 where anything is wrong.
 */
export async function runDoctorCommand(words: string[]): Promise<void> {
  // Standard output is for the answer.
  log.level = "silent";
  try {
    const command = readDoctorArguments(words);
    const findings = await examine(command);
    const isWell = findings.every(({ level }) => level !== "wrong");
    const answer = command.isJson
      ? JSON.stringify({ ok: isWell, findings }, null, 2)
      : linesOf(findings);
    process.stdout.write(`${answer}\n`);
    if (!isWell) process.exitCode = 1;
  } catch (error) {
    printFault(error);
    process.exitCode = 1;
  }
}
