import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { enqueueMail } from "@/lib/mail/outbox";
import { markSent } from "@/lib/mail/store";
import { testDatabase } from "@/lib/testing/database";
import { freePort } from "@/lib/testing/free-port";
import { notice } from "@/lib/testing/mails";
import { returnedMail, returnsTo } from "@/lib/testing/returned-mail";

const databaseUrl = testDatabase();

type Answer = { code: number | null; said: string; fault: string };

/** What `npm run bounce < mail` says, and how it ends. */
function bounce(
  mail: string | Buffer,
  settings: Record<string, string> = {},
  words: string[] = [],
) {
  const ours = { DATABASE_URL: databaseUrl(), AUTH_SECRET: process.env.AUTH_SECRET ?? "" };
  const given = { ...ours, SMTP_BOUNCES: returnsTo, ...settings };
  return new Promise<Answer>((resolve) => {
    const child = spawn(process.execPath, [join(root, "scripts", "bounce.mjs"), ...words], {
      env: { ...withoutSettings(process.env), ...given },
    });
    const answer: Answer = { code: null, said: "", fault: "" };
    child.stdout.on("data", (text) => {
      answer.said += text;
    });
    child.stderr.on("data", (text) => {
      answer.fault += text;
    });
    child.once("close", (code) => resolve({ ...answer, code }));
    // It reads no more than it needs.
    child.stdin.on("error", () => undefined);
    child.stdin.end(mail);
  });
}

async function sentMail() {
  const mail = notice();
  const id = await enqueueMail(db, mail);
  await markSent({ id, channel: "smtp", providerId: randomUUID(), sentAt: new Date() });
  return { mailId: id, recipient: mail.recipient };
}

test("a mail that came back is taken once, and one sentence says so without an address", async () => {
  const mail = await sentMail();
  const text = returnedMail(mail);
  const first = await bounce(text);
  expect(first).toMatchObject({ code: 0, fault: "" });
  expect(first.said).toMatch(/^Taken: [^\n@]+\.\n$/);
  expect(await bounce(text)).toMatchObject({ code: 0, said: expect.stringMatching(/^Ignored: /) });
  const changes = { where: { mailId: mail.mailId, source: "return-mail" } };
  expect(await db.mailChange.findMany(changes)).toMatchObject([{ state: "refused" }]);
});

test("what is ignored is taken from the server too; what is no mail is not", async () => {
  const holiday = "Subject: Away\r\n\r\nUntil Monday.\r\n";
  const answers = [await bounce(holiday), await bounce(""), await bounce(Buffer.alloc(5000, 0xff))];
  expect(answers.map(({ code, fault }) => [code, fault])).toEqual([
    [0, ""],
    [65, ""],
    [65, ""],
  ]);
  for (const { said } of answers) expect(said).toMatch(/^[^\n]+\.\n$/);
});

test("of a mail without end the beginning is read", async () => {
  const mail = returnedMail(await sentMail());
  const { code, said } = await bounce(mail + "x".repeat(50_000_000));
  expect([code, said]).toEqual([0, expect.stringMatching(/^Taken/)]);
});

test("whatever keeps a mail from being read lets the server try again", async () => {
  const mail = returnedMail(await sentMail());
  const away = `postgresql://x:tops3cret@127.0.0.1:${await freePort()}/x`;
  const answers = [
    await bounce(mail, { DATABASE_URL: away }),
    await bounce(mail, { SMTP_BOUNCES: "" }),
    await bounce(mail, { SMTP_BOUNCES: "nowhere" }),
    await bounce(mail, {}, ["--help"]),
  ];
  expect(answers.map(({ code, said }) => [code, said])).toEqual(Array(4).fill([75, ""]));
  for (const { fault } of answers) expect(fault).toMatch(/^[^\n]+\.\n$/);
  expect(answers[0]?.fault).not.toContain("tops3cret");
});
