import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { wrongArguments } from "@/lib/machine/operator-error.mjs";

/** What `npm run doctor` is asked for. */
export type DoctorCommand = { dns: string | null; selector: string | null; isJson: boolean };

const wrong = wrongArguments(
  "npm run doctor, with --dns ADDRESS[:PORT], --dkim SELECTOR and --json where needed",
);

// An IPv6 address with a port stands in brackets.
function isServer(text: string): boolean {
  if (isIP(text) !== 0) return true;
  const [, six, four, port = ""] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  return isIP(six ?? four ?? "") !== 0 && Number(port) > 0 && Number(port) < 65_536;
}

const isSelector = (text: string) => text.length <= 120 && /^[\w-]+(\.[\w-]+)*$/.test(text);

function parse(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: { dns: { type: "string" }, dkim: { type: "string" }, json: { type: "boolean" } },
    }).values;
  } catch {
    throw wrong("Not all of these words are understood");
  }
}

/**
 * Reads the words after `npm run doctor --`.
 *
 * @throws OperatorError with one sentence that says what is wrong and what works
 */
export function readDoctorArguments(words: string[]): DoctorCommand {
  const { dns = null, dkim = null, json = false } = parse(words);
  if (dns !== null && !isServer(dns)) throw wrong("--dns must be the address of a DNS server");
  if (dkim !== null && !isSelector(dkim)) throw wrong("--dkim must be a selector, such as mail");
  return { dns, selector: dkim, isJson: json };
}
