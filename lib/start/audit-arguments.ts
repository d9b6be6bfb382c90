import { parseArgs } from "node:util";
import { isRoleName } from "@/lib/audit/role-sql";
import { type Head, readHead } from "@/lib/audit/verify-chain";
import { wrongArguments } from "@/lib/machine/operator-error.mjs";

/** What `npm run audit` is asked to do. */
export type AuditCommand =
  | { kind: "verify"; expected: Head | null }
  | { kind: "role-sql"; role: string };

const usage = [
  "npm run audit -- verify",
  "npm run audit -- verify --expect NUMBER:HASH",
  "npm run audit -- role-sql ROLE",
].join(", or ");

const wrong = wrongArguments(usage);

/**
 * Reads the words after `npm run audit --`.
 *
 * @throws OperatorError with one sentence that says what is wrong and what works
 */
export function readAuditArguments(words: string[]): AuditCommand {
  const { positionals, heads } = parse(words);
  const [command, ...more] = positionals;
  switch (command) {
    case "verify":
      if (more.length > 0) throw wrong('"verify" takes no further words than --expect');
      return { kind: "verify", expected: headOf(heads) };
    case "role-sql":
      if (heads.length > 0) throw wrong('"role-sql" takes no --expect');
      return { kind: "role-sql", role: roleOf(more) };
    case undefined:
      throw wrong("It is not said what to do");
    default:
      throw wrong("The first word is not a thing to do");
  }
}

function parse(words: string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: words,
      options: { expect: { type: "string", multiple: true } },
      allowPositionals: true,
    });
    return { positionals, heads: values.expect ?? [] };
  } catch {
    throw wrong("Not all of these words are understood");
  }
}

function headOf(given: string[]): Head | null {
  const [text, ...more] = given;
  if (text === undefined) return null;
  if (more.length > 0) throw wrong("--expect must be given once");
  const head = readHead(text);
  if (head === null) throw wrong("--expect must be a head as verify has printed it");
  return head;
}

function roleOf(given: string[]): string {
  const [role, ...more] = given;
  if (role === undefined || more.length > 0) throw wrong('"role-sql" takes the name of one role');
  if (!isRoleName(role))
    throw wrong(
      "ROLE must be letters, digits, _ and -, beginning with a letter or _, at most 63 of them, and no name that PostgreSQL keeps for itself",
    );
  return role;
}
