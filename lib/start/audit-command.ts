import { roleSql } from "@/lib/audit/role-sql";
import { type ChainVerdict, type Head, headText, verifyChain } from "@/lib/audit/verify-chain";
import { disconnectDatabase } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";
import { log } from "@/lib/log/log";
import { OperatorError, printFault } from "@/lib/machine/operator-error.mjs";
import { readAuditArguments } from "@/lib/start/audit-arguments";
import { reportableFault } from "@/lib/start/database-fault";
import { findDatabase } from "@/lib/start/find-database";
import { reachDatabase } from "@/lib/start/reach-database";

/**
 * Does what `npm run audit` is asked to. `verify` reads `DATABASE_URL`, or the embedded database that
 * `npm start` runs in the same `DATA_DIR`, and changes nothing. What fails, a chain that is not whole
 * among it, is reported on standard error, and the process then ends with 1.
 */
export async function runAuditCommand(words: string[]): Promise<void> {
  // Standard output is for the answer.
  log.level = "error";
  try {
    const command = readAuditArguments(words);
    switch (command.kind) {
      case "role-sql":
        process.stdout.write(roleSql(command.role));
        break;
      case "verify":
        await reachDatabase(findDatabase("npm run audit"));
        process.stdout.write(`${answerTo(await verify(command.expected))}\n`);
    }
  } catch (error) {
    printFault(reportableFault(error));
    process.exitCode = 1;
  } finally {
    await disconnectDatabase();
  }
}

async function verify(expected: Head | null): Promise<ChainVerdict> {
  try {
    return await verifyChain({ expected });
  } catch (error) {
    // Prisma: "The table does not exist in the current database".
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2021")
      throw error;
    throw new OperatorError(
      "This database has no audit log yet: start this version of Portaria on it once.",
    );
  }
}

/**
 * What is said of a chain: of a whole one how long it is and, alone on the last line, its head.
 *
 * @throws OperatorError that says what is wrong with any other
 */
export function answerTo(verdict: ChainVerdict): string {
  switch (verdict.kind) {
    case "intact": {
      const { seq } = verdict.head;
      if (seq === 0n) return "The audit log is empty.";
      const entries = seq === 1n ? "1 entry" : `${seq} entries`;
      return `The audit log is whole: ${entries}. Keep this head elsewhere, and give it to --expect next time:\n${headText(verdict.head)}`;
    }
    case "missing":
      throw new OperatorError(`The audit log is broken: entry ${verdict.seq} is missing.`);
    case "out-of-place":
      throw new OperatorError(
        `The audit log is broken: there is an entry ${verdict.seq}, and the first one is 1.`,
      );
    case "changed":
      throw new OperatorError(
        `The audit log is broken: entry ${verdict.seq} was changed, for its hash is not that of what it says.`,
      );
    case "does-not-follow":
      throw new OperatorError(
        `The audit log is broken: entry ${verdict.seq} does not follow the one before it, for it names another hash; one of the two was written anew.`,
      );
    case "rewritten":
      throw new OperatorError(
        `The audit log was written anew: entry ${verdict.seq} is not the one of the head that was kept.`,
      );
    case "cut-off":
      throw new OperatorError(
        `The audit log was cut off: the head that was kept is entry ${verdict.expected.seq}, and the log ends with entry ${verdict.last.seq}.`,
      );
  }
}
