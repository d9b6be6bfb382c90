import type { Readable } from "node:stream";
import { disconnectDatabase } from "@/lib/db/client";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { OperatorError, printFault, wrongArguments } from "@/lib/machine/operator-error.mjs";
import { RETURN_BYTES } from "@/lib/mail/fate/read-return";
import { type ReturnOutcome, returnWords } from "@/lib/mail/fate/return-outcome";
import { takeReturn } from "@/lib/mail/fate/take-return";
import { reportableFault } from "@/lib/start/database-fault";
import { findDatabase } from "@/lib/start/find-database";
import { reachDatabase } from "@/lib/start/reach-database";

/** What mail servers understand of a command they hand mail to (sysexits.h). */
const EX_OK = 0;
const EX_DATAERR = 65;
const EX_TEMPFAIL = 75;

/** Mail servers wait for a command, some of them a minute. */
const DATABASE_MS = 5_000;

const wrong = wrongArguments("npm run bounce < mail");

/** The first 256 KiB of a stream; no more of it is read. */
async function beginningOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length >= RETURN_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, RETURN_BYTES);
}

async function take(mail: Buffer): Promise<ReturnOutcome> {
  const databaseUrl = findDatabase("npm run bounce");
  if (env().smtpBounces === undefined) {
    throw new OperatorError(
      "SMTP_BOUNCES is not set: no mail was sent from an address of its own.",
    );
  }
  await reachDatabase(databaseUrl, { patienceMilliseconds: DATABASE_MS });
  return takeReturn(mail);
}

/**
 * Takes one mail that came back, from standard input, and says in a sentence what came of it. The process ends
 * with 0 where it was taken or ignored, with 65 where it is no mail, and with 75 where it is to be handed over
 * again, as the database is away or a setting is wrong.
 */
export async function runBounceCommand(words: string[]): Promise<void> {
  // Standard output is for the answer.
  log.level = "error";
  try {
    if (words.length > 0) throw wrong("npm run bounce takes no words");
    const outcome = await take(await beginningOf(process.stdin));
    process.stdout.write(`${returnWords[outcome]}\n`);
    process.exitCode = outcome === "not-a-mail" ? EX_DATAERR : EX_OK;
  } catch (error) {
    printFault(reportableFault(error));
    process.exitCode = EX_TEMPFAIL;
  } finally {
    await disconnectDatabase();
  }
}
