import { parseArgs } from "node:util";
import { readDatabaseUrl } from "@/lib/env/connection-url";
import { Expected } from "@/lib/env/env-values";
import { OperatorError, wrongArguments } from "@/lib/machine/operator-error.mjs";

/** What `npm run move` is asked to do. `typed` is as a setting takes it, `url` as clients do. */
export type MoveCommand = { kind: "to"; typed: string; url: string } | { kind: "back" };

const usage =
  "npm run move -- postgresql://user:password@host:5432/name, npm run move -- - with that URL on standard input, npm run move with it in TARGET_DATABASE_URL, or npm run move -- --back";

const wrong = wrongArguments(usage);

/**
 * Reads the words after `npm run move --`.
 *
 * @param readInput reads standard input to its end
 * @throws OperatorError with one sentence that says what is wrong and what works, and no part of a URL
 */
export async function readMoveArguments(
  words: string[],
  given: string | undefined,
  readInput: () => Promise<string>,
): Promise<MoveCommand> {
  const { positionals, back } = parse(words);
  const [first, ...more] = positionals;
  if (back) {
    if (first !== undefined) throw wrong("--back takes no further words");
    return { kind: "back" };
  }
  if (more.length > 0) throw wrong("One database is moved to, and more words are given");
  const typed = (first === "-" ? await readInput() : (first ?? given ?? "")).trim();
  if (typed === "") throw wrong("It is not said where to");
  try {
    return { kind: "to", typed, url: readDatabaseUrl(typed) };
  } catch (error) {
    if (error instanceof Expected)
      throw new OperatorError(`The database to move to must be ${error.message}.`);
    throw error;
  }
}

function parse(words: string[]): { positionals: string[]; back: boolean } {
  try {
    const { positionals, values } = parseArgs({
      args: words,
      options: { back: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    return { positionals, back: values.back };
  } catch {
    throw wrong("Not all of these words are understood");
  }
}
