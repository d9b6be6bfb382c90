import { expect, test, vi } from "vitest";
import { firstLines, hasEndlessHeader, LINES_READ } from "@/lib/mail/bounded-source";
import { readReturn } from "@/lib/mail/fate/read-return";
import { shortWords } from "@/lib/mail/fate/short-words";
import { judgeRecipientStatus, readDeliveryStatus } from "@/lib/mail/rules/delivery-status";
import { enhancedStatusOf, failureReasonOf } from "@/lib/mail/rules/failure-reason";
import { WORDS_READ, withoutAddresses } from "@/lib/mail/rules/refusal";
import { judgeSmtpAnswer } from "@/lib/mail/rules/smtp-answer";
import { readSource } from "@/lib/was-it-us/read-source";

const parsed = vi.hoisted(() => ({ sizes: [] as number[], lines: [] as number[] }));
vi.mock("postal-mime", async (original) => {
  const { default: PostalMime } = await original<typeof import("postal-mime")>();
  const parse: typeof PostalMime.parse = (source, options) => {
    const text = typeof source === "string" ? source : Buffer.from(source as Uint8Array).toString();
    parsed.sizes.push(text.length);
    parsed.lines.push(text.split("\n").length - 1);
    return PostalMime.parse(source, options);
  };
  return { default: { parse } };
});

/** What regular expressions and parsers were slow over, as long as it is asked for. */
const hostile = [
  ...[
    "a",
    "<",
    "<a",
    "@",
    "a@",
    "(",
    '"a',
    "a:",
    ";",
    ",",
    "5.1.1.",
    "\t ",
    "\n ",
    "é",
    "=?utf-8?q?a?=",
  ],
  ...["user ", "mailbox quot", "\\", "&lt;", "--b\r\n", "a <b@c>, "],
];
const long = (unit: string, length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

const table = hostile.flatMap((unit) => [20_000, 200_000].map((length) => [unit, length] as const));

test.each(table)("of %j over %i characters the first thousand are looked at", (unit, length) => {
  const words = long(unit, length);
  const first = words.slice(0, WORDS_READ);
  expect(withoutAddresses(words)).toBe(withoutAddresses(first));
  expect(shortWords(words).length).toBeLessThanOrEqual(300);
  expect(enhancedStatusOf(`${words} 5.1.1`)).toBe(enhancedStatusOf(first));
  expect(failureReasonOf({ status: null, words: `${words} mailbox full` })).toBe(
    failureReasonOf({ status: null, words: first }),
  );
  const answer = { responseCode: 450, command: "RCPT TO" };
  expect(judgeSmtpAnswer({ ...answer, response: `${words} too many` })).toEqual(
    judgeSmtpAnswer({ ...answer, response: first }),
  );
});

test.each(table)(
  "of %j over %i characters a field of a report keeps the first thousand",
  (unit, length) => {
    const words = long(unit, length).replace(/[\r\n]/g, "");
    const report = `A: b\n\nFinal-Recipient: rfc822; ${words}@b.example\nAction: failed\nDiagnostic-Code: smtp; ${words}\n`;
    for (const said of readDeliveryStatus(report).recipients) {
      expect(said.words?.length ?? 0).toBeLessThanOrEqual(WORDS_READ);
      for (const named of said.recipients) expect(named.length).toBeLessThanOrEqual(WORDS_READ);
      expect(judgeRecipientStatus(said)).toMatchObject({ state: "refused" });
    }
  },
);

test("the addresses that an answer repeats are left out, wherever they stand", () => {
  const kept = [
    ["550 5.1.1 <gone@b.example>: no such user", "550 5.1.1  : no such user"],
    ["no such user here: gone+tag@b.example", "no such user here:  "],
    ["(gone@b.example) 'a@b' \"c@d\" `e@f`,g@h;i@j", "( ) ' ' \" \" ` `, ; "],
    ["<a b@c.example> and <x<y@z>", "  and <x "],
    ["a@b@c d@ @e", "     "],
    ["5.1.1 none", "5.1.1 none"],
  ];
  for (const [words = "", left] of kept) expect(withoutAddresses(words)).toBe(left);
});

const mailWith = (header: string, body = "x") =>
  `From: a@b.example\r\nMessage-ID: <a@b>\r\n${header}Content-Type: text/plain; format=flowed\r\n\r\n${body}`;

test.each(table)("no parser is given a header of %j over %i characters", async (unit, length) => {
  const value = long(unit, length).replace(/[\r\n]+/g, " ");
  for (const name of ["To", "from", "Subject", "Cc", "Delivered-To", "Content-Disposition"]) {
    for (const header of [`${name}: ${value}\r\n`, `${name}: a\r\n ${value}\r\n`]) {
      parsed.sizes.length = 0;
      expect(hasEndlessHeader(mailWith(header))).toBe(true);
      expect(await readSource(mailWith(header))).toEqual({ kind: "other" });
      expect(await readReturn(Buffer.from(mailWith(header)))).toEqual({ kind: "no-report" });
      expect(parsed.sizes).toEqual([]);
    }
  }
});

test("a long header that is not read, and headers as mail services write them, are no reason to read nothing", async () => {
  const header = `X-Microsoft-Antispam-Message-Info: ${long("abc ", 12_000)}\r\nARC-Seal: ${long("b", 4_000)}\r\n`;
  expect(hasEndlessHeader(mailWith(header))).toBe(false);
  expect((await readSource(mailWith(header))).kind).toBe("mail");
  // What is indented below a header is its body.
  expect(hasEndlessHeader(mailWith("", long("   x\r\n", 20_000)))).toBe(false);
  expect(hasEndlessHeader(mailWith(`To: a\r\n${"   \r\n".repeat(1_000)}`))).toBe(true);
});

test.each(["\n", "\r\n", " \n", "a \n", "\n\n "])(
  "no parser is given more lines of %j than are read",
  async (unit) => {
    parsed.lines.length = 0;
    const source = mailWith("", long(unit, 250_000));
    expect(await readSource(source)).toEqual({ kind: "other" });
    await readReturn(Buffer.from(source));
    expect(parsed.lines.filter((lines) => lines > LINES_READ)).toEqual([]);
    expect(parsed.lines).toHaveLength(1);
  },
);

test("a report stands in the lines that are read, whatever mail it returns", () => {
  const source = Buffer.from(`one\n${"line\n".repeat(10_000)}`);
  expect(Buffer.from(firstLines(source, 3)).toString()).toBe("one\nline\nline\n");
  expect(firstLines(source, 20_000)).toBe(source);
});
