import { isIP } from "node:net";
import { z } from "zod";
import { timeZoneToday } from "@/lib/time-zones";
import { readEmail } from "@/lib/typed/email-address";
import { isVisible } from "@/lib/typed/visible";

/** A wrong value: what was expected instead, without the value, which may hold a secret. */
export class Expected extends Error {
  override name = "Expected";
}

/**
 * A setting as `read` takes it from its text, all checks in one function: none of them ever sees what
 * an earlier one refused. `read` throws `Expected` for a wrong value.
 */
export const setting = <T>(read: (text: string) => T) =>
  z.string().transform((text, context): T => {
    try {
      return read(text.trim());
    } catch (error) {
      if (!(error instanceof Expected)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  });

// What ends a line, cannot be stored, or turns the text around it about.
const unfit = /[\p{Cc}\u2028\u2029\p{Bidi_Control}]/u;

/** A text of one line that `isRight` agrees with. */
export const line = (expected: string, isRight: (text: string) => boolean = () => true) =>
  setting((text) => {
    if (unfit.test(text) || !isRight(text)) throw new Expected(expected);
    return text;
  });

/** A whole number in plain digits. */
export const wholeNumber = (min: number, max: number) =>
  setting((text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new Expected(`a whole number from ${min} to ${max}`);
    return value;
  });

/** A number, also with a decimal point, of minutes or hours. */
export const amountOf = (unit: "minutes" | "hours", max: number) =>
  setting((text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(value > 0 && value <= max))
      throw new Expected(`a number of ${unit} greater than 0 and at most ${max}`);
    return value;
  });

/** How many a second, as a decimal number such as 5 or 0.5. */
export const perSecond = (min: number, max: number) =>
  setting((text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max))
      throw new Expected(`a number from ${min} to ${max}, such as 5 or 0.5`);
    return value;
  });

/** Some of these words, each once, separated by commas. */
export const someOf = <Word extends string>(words: readonly Word[], expected: string) =>
  setting((text) =>
    entriesOf(text).map((entry) => {
      const word = words.find((known) => known === entry);
      if (word === undefined) throw new Expected(expected);
      return word;
    }),
  );

/** An http or https URL with a host and without user and password. */
export const webUrl = (expected: string) => setting((text) => parseWebUrl(text, expected).href);

/** The origin that an http or https URL without anything behind it names. */
export const webOrigin = (expected: string) =>
  setting((text) => {
    const url = parseWebUrl(text, expected);
    const isBare = url.pathname === "/" && !/[?#\\]/.test(text) && !url.hostname.endsWith(".");
    if (!isBare || url.port === "0") throw new Expected(expected);
    return url.origin;
  });

/** An http or https URL that a path can be put behind. */
export const webBase = (expected: string) =>
  setting((text) => {
    if (/[?#]/.test(text)) throw new Expected(expected);
    return parseWebUrl(text, expected).href;
  });

const label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
const hostName = new RegExp(`^${label}(?:\\.${label})*\\.?$`, "i");

/** Whether a name in ASCII is one that a host can have; addresses look like names. */
const isHostName = (text: string) => hostName.test(text) && text.length <= 254;

function parseWebUrl(text: string, expected: string): URL {
  const isWritten = /^https?:\/\/[^/\s\p{Cc}][^\s\p{Cc}]*$/iu.test(text);
  if (!isWritten || !URL.canParse(text)) throw new Expected(expected);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") throw new Expected(expected);
  // 0.0.0.0 and :: are where to listen; nobody can be sent there.
  const isHost = url.hostname.startsWith("[") || isHostName(url.hostname);
  if (!isHost || ["0.0.0.0", "[::]"].includes(url.hostname)) throw new Expected(expected);
  return url;
}

/** Where to listen: an address, also an IPv6 one in brackets, or a host name. */
export const hostToListenOn = (expected: string) =>
  setting((text) => {
    const bare = text.replace(/^\[(.+)\]$/, "$1");
    if (isIP(bare) > 0) return bare;
    // 127.1 and 0x7f.1 are addresses to some resolvers, and to nobody who reads them.
    if (!isHostName(text) || /(^|\.)(0x[0-9a-f]*|\d+)\.?$/i.test(text))
      throw new Expected(expected);
    return text;
  });

/** A time zone by its name of today or of yesterday: an offset such as +01:00 would be wrong for half of the year. */
export const timeZone = (expected: string) =>
  setting((text) => {
    const zone = /^[a-z]/i.test(text) ? timeZoneToday(text) : null;
    if (zone === null) throw new Expected(expected);
    return zone;
  });

function readAddress(text: string, expected: string): string {
  const email = /[\s<>:,]/.test(text) ? null : readEmail(text);
  if (email === null) throw new Expected(expected);
  return email;
}

/** One e-mail address and nothing around it. */
export const emailAddress = (expected: string) => setting((text) => readAddress(text, expected));

/** A name as it stands in front of an address: RFC 5322, section 3.2.3, has some signs in quotation marks alone. */
export const senderName = (name: string) =>
  /[,;:@()[\]\\]/.test(name) ? JSON.stringify(name) : name;

/** An address, or a name and an address, as mail servers take it: the domain in ASCII. */
export const sender = (expected: string) =>
  setting((text) => {
    const [, written = "", inner = text] = /^("[^"]*" ?|[^<>",@]*)<([^<>]*)>$/.exec(text) ?? [];
    const name = written.trim();
    const isShown = name === "" || isVisible(name.replaceAll('"', ""));
    if (!isShown || unfit.test(name)) throw new Expected(expected);
    const email = readAddress(inner, expected);
    if (name === "") return email;
    return `${name.startsWith('"') ? name : senderName(name)} <${email}>`;
  });

/** The entries of a comma-separated list, each once; empty ones do not count. */
export const entriesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  ),
];
