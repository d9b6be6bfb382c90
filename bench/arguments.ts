import { parseArgs } from "node:util";
import { wrongArguments } from "@/lib/machine/operator-error.mjs";

/** What `npm run bench` measures. */
export type BenchCommand =
  | {
      kind: "journeys";
      rounds: number;
      /** Of load, for each journey, server and number of visitors in each round. */
      seconds: number;
      /** Puts the tables into README. */
      write: boolean;
      /** A server of PostgreSQL to use instead of the embedded one. */
      database: string | null;
    }
  | { kind: "statements" }
  | { kind: "mail"; tries: number; notices: number }
  | {
      kind: "mail-burst";
      mails: number;
      /** Of the provider and of EMAIL_PER_SECOND, a second. */
      limit: number;
      /** How many send, each as a process of its own would. */
      workers: number;
    }
  | { kind: "crowded-places"; accounts: number }
  | { kind: "rolling-restart"; only: string }
  | { kind: "running-packages" }
  | { kind: "growth"; accounts: number }
  | { kind: "mail-fill"; rounds: number }
  /** `other`: where another checkout is, to be measured beside this one. */
  | { kind: "over-load"; other: string | null };

const usage = [
  "npm run bench",
  "npm run bench -- --rounds N --seconds N --write --database postgresql://USER:PASSWORD@HOST:PORT/NAME",
  "npm run bench -- --quick",
  "npm run bench -- statements",
  "npm run bench -- mail [TRIES] [NOTICES]",
  "npm run bench -- mail-burst [MAILS] [A SECOND] [PROCESSES]",
  "npm run bench -- mail-fill [ROUNDS]",
  "npm run bench -- crowded-places [ACCOUNTS]",
  "npm run bench -- rolling-restart [PART OF A NAME]",
  "npm run bench -- running-packages",
  "npm run bench -- over-load [ANOTHER CHECKOUT]",
  "npm run bench -- growth [ACCOUNTS]",
].join(", or ");

const wrong = wrongArguments(usage);

const MOST = 10_000_000;

/**
 * Reads the words after `npm run bench --`.
 *
 * @throws OperatorError with one sentence that says what is wrong and what works
 */
export function readBenchArguments(words: string[]): BenchCommand {
  const [name = "", ...more] = words;
  switch (name) {
    case "statements":
    case "running-packages":
      numbers(more, []);
      return { kind: name };
    case "mail": {
      const [tries, notices] = numbers(more, [30, 10_000]);
      return { kind: "mail", tries, notices };
    }
    case "mail-burst": {
      const [mails, limit, workers] = numbers(more, [60, 5, 1]);
      return { kind: "mail-burst", mails, limit, workers };
    }
    case "crowded-places": {
      const [accounts] = numbers(more, [200_000]);
      return { kind: "crowded-places", accounts };
    }
    case "rolling-restart":
      return { kind: "rolling-restart", only: more.join(" ") };
    case "growth": {
      const [accounts] = numbers(more, [200_000]);
      return { kind: "growth", accounts };
    }
    case "mail-fill": {
      const [rounds] = numbers(more, [100]);
      return { kind: "mail-fill", rounds };
    }
    case "over-load":
      return { kind: "over-load", other: more.length === 0 ? null : more.join(" ") };
    default:
      return readJourneys(words);
  }
}

function readJourneys(words: string[]): BenchCommand {
  const { positionals, values } = parse(words);
  if (positionals.length > 0) throw wrong("The first word is not a thing to measure");
  const { quick = false, write = false, rounds, seconds, database = null } = values;
  if (quick && (rounds !== undefined || seconds !== undefined))
    throw wrong("--quick is one round of one second, so it takes no --rounds and no --seconds");
  if (quick && write)
    throw wrong("--quick is too short for figures that stand in README, so it takes no --write");
  const [few, short] = quick ? [1, 1] : [3, 3];
  return {
    kind: "journeys",
    rounds: rounds === undefined ? few : numberOf(rounds, "--rounds"),
    seconds: seconds === undefined ? short : numberOf(seconds, "--seconds"),
    write,
    database: database === null ? null : databaseOf(database),
  };
}

function parse(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: {
        rounds: { type: "string" },
        seconds: { type: "string" },
        quick: { type: "boolean" },
        write: { type: "boolean" },
        database: { type: "string" },
      },
      allowPositionals: true,
    });
  } catch {
    throw wrong("Not all of these words are understood");
  }
}

/** As many numbers as there are defaults, each in its turn. */
function numbers<Defaults extends readonly number[]>(
  words: string[],
  defaults: readonly [...Defaults],
): { [Index in keyof Defaults]: number } {
  if (words.length > defaults.length) throw wrong("There are more words than are understood");
  return defaults.map((number, index) => {
    const word = words[index];
    return word === undefined ? number : numberOf(word, `"${word}"`);
  }) as { [Index in keyof Defaults]: number };
}

function numberOf(word: string, name: string): number {
  const number = Number(word);
  if (!/^[1-9]\d*$/.test(word) || number > MOST)
    throw wrong(`${name} must be a whole number from 1 to ${MOST.toLocaleString("en")}`);
  return number;
}

// Read between it and the server, so by TCP and in plain: a socket of the file system has no port.
function databaseOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isServer = url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== "";
  if (!isServer || url.search !== "")
    throw wrong("--database must be the address of a PostgreSQL with its host and no parameters");
  return text;
}
