import { awayReason, wordsOfDatabase } from "@/lib/db/database-down";
import { endpointOf } from "@/lib/env/connection-url";
import { env } from "@/lib/env/env";
import { isOperatorError, OperatorError } from "@/lib/machine/operator-error.mjs";

const hidden = "[hidden]";
const MOST_CHARACTERS = 300;

/**
 * What a database or a pooler said, for a sentence: on one line, shortened, without the password of its
 * URL.
 */
export function wordsForOperator(words: string, databaseUrl: string): string {
  const { password } = new URL(databaseUrl);
  const secrets = [password, decodeURIComponent(password)].filter((secret) => secret !== "");
  const shown = secrets.reduce((text, secret) => text.replaceAll(secret, hidden), words);
  return shown.replace(/\s+/g, " ").trim().replace(/\.$/, "").slice(0, MOST_CHARACTERS);
}

// Where a setting is wrong nothing was asked of a database yet.
function settledUrl(): string | undefined {
  try {
    return env().databaseUrl;
  } catch {
    return undefined;
  }
}

/**
 * An error of a start or of a command as it is reported: in one sentence with the database's own
 * words where the database is at fault, because it is away or refuses; any other as it is.
 */
export function reportableFault(error: unknown): unknown {
  const databaseUrl = settledUrl();
  if (isOperatorError(error) || databaseUrl === undefined) return error;
  const said = wordsOfDatabase(error);
  // A right that the role lacks is the operator's to give; other refusals are defects of ours.
  const reason = awayReason(error) ?? (said?.sqlState === "42501" ? said.sqlState : null);
  if (reason === null) return error;
  const words = said === null ? "" : ` ${wordsForOperator(said.words, databaseUrl)}`;
  return new OperatorError(
    `The database at ${endpointOf(databaseUrl)} does not do what is asked of it (${reason}${words}): see to it, and start again.`,
    { cause: error },
  );
}
