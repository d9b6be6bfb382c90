import { expect, test } from "vitest";
import { mailsInTrouble } from "@/lib/support/rules/mails-in-trouble";

const mail = (
  state: string,
  attempts = 0,
  recipient = "maria@example.com",
  ...changes: string[]
) => ({
  recipient,
  state,
  attempts,
  changes: changes.map((reached) => ({ state: reached })),
});

const sent = mail("sent", 1);
const refused = mail("refused", 1);
const waits = mail("queued");
const late = mail("queued", 2);
const dropped = mail("dropped");
const maria = "maria@example.com";
const arrived = mail("sent", 1, maria, "accepted", "delayed", "delivered");
const cameBack = mail("sent", 1, maria, "accepted", "refused");
const complained = mail("sent", 1, maria, "accepted", "delivered", "suppressed");

// The newest first.
test.each([
  ["nothing was mailed", [], []],
  ["the latest one left", [sent, refused], []],
  ["the latest one was refused", [refused, sent], [refused]],
  ["a mail that was not tried yet says nothing", [waits, refused], [refused]],
  ["nor does one that was given up", [dropped, refused], [refused]],
  ["a mail waits after tries that failed", [late, sent], [late]],
  ["the latest one arrived", [arrived, cameBack], []],
  ["the latest one came back after it was taken", [cameBack, sent], [cameBack]],
  ["the latest one was reported as unwanted", [complained, sent], [complained]],
  ["refused often is said once", [refused, mail("refused", 1)], [refused]],
] as const)("%s", (_, mails, troubles) => {
  expect(mailsInTrouble(mails)).toEqual(troubles);
});

test("each address is judged by its own mails", () => {
  const other = mail("sent", 1, "further@example.net");
  expect(mailsInTrouble([other, refused])).toEqual([refused]);
});
