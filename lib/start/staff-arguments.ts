import { parseArgs } from "node:util";
import {
  isRole,
  isStaffRole,
  type Role,
  roles,
  type StaffRole,
  staffRoles,
} from "@/lib/account/roles";
import { wrongArguments } from "@/lib/machine/operator-error.mjs";
import { typedEmail } from "@/lib/typed/email-address";

/** What `npm run staff` is asked to do. */
export type StaffCommand =
  | { kind: "invite"; email: string; role: StaffRole }
  | { kind: "role"; email: string; role: Role }
  | { kind: "reset-factors"; email: string }
  | { kind: "list" };

const usage = [
  "npm run staff -- list",
  `npm run staff -- invite --email name@example.com --role ${staffRoles.join("|")}`,
  `npm run staff -- role --email name@example.com --role ${roles.join("|")}`,
  "npm run staff -- reset-factors --email name@example.com",
].join(", or ");

const wrong = wrongArguments(usage);

/**
 * Reads the words after `npm run staff --`.
 *
 * @throws OperatorError with one sentence that says what is wrong and what works
 */
export function readStaffArguments(words: string[]): StaffCommand {
  const { positionals, emails, givenRoles } = parse(words);
  const [command, ...more] = positionals;
  if (more.length > 0) throw wrong(`"${command}" takes no further words than --email and --role`);
  switch (command) {
    case "list":
      if (emails.length + givenRoles.length > 0) throw wrong('"list" takes no further words');
      return { kind: "list" };
    case "invite":
      return { kind: command, email: emailOf(emails), role: roleOf(givenRoles, isStaffRole) };
    case "role":
      return { kind: command, email: emailOf(emails), role: roleOf(givenRoles, isRole) };
    case "reset-factors":
      if (givenRoles.length > 0) throw wrong('"reset-factors" takes no --role');
      return { kind: command, email: emailOf(emails) };
    case undefined:
      throw wrong("It is not said what to do");
    default:
      throw wrong(`"${command}" is not a thing to do`);
  }
}

function parse(words: string[]) {
  const text = { type: "string", multiple: true } as const;
  try {
    const { positionals, values } = parseArgs({
      args: words,
      options: { email: text, role: text },
      allowPositionals: true,
    });
    return { positionals, emails: values.email ?? [], givenRoles: values.role ?? [] };
  } catch {
    throw wrong("Not all of these words are understood");
  }
}

function emailOf(given: string[]): string {
  const [typed, ...more] = given;
  if (typed === undefined || more.length > 0) throw wrong("--email must be given once");
  const read = typedEmail(typed);
  if ("error" in read) throw wrong("--email must be an e-mail address");
  return read.email;
}

function roleOf<Known extends Role>(given: string[], isKnown: (word: unknown) => word is Known) {
  const [word, ...more] = given;
  if (word === undefined || more.length > 0) throw wrong("--role must be given once");
  if (!isKnown(word)) throw wrong("--role must be one of the roles");
  return word;
}
