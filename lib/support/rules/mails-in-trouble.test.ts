import { expect, test } from "vitest";
import { mailsInTrouble } from "@/lib/support/rules/mails-in-trouble";

const mail = (state: string, attempts = 0, recipient = "maria@example.com") => ({
  recipient,
  state,
  attempts,
});

const sent = mail("sent", 1);
const refused = mail("refused", 1);
const waits = mail("queued");
const late = mail("queued", 2);
const dropped = mail("dropped");

// The newest first.
test.each([
  ["nothing was mailed", [], []],
  ["the latest one left", [sent, refused], []],
  ["the latest one was refused", [refused, sent], [refused]],
  ["a mail that was not tried yet says nothing", [waits, refused], [refused]],
  ["nor does one that was given up", [dropped, refused], [refused]],
  ["a mail waits after tries that failed", [late, sent], [late]],
  ["refused often is said once", [refused, mail("refused", 1)], [refused]],
] as const)("%s", (_, mails, troubles) => {
  expect(mailsInTrouble(mails)).toEqual(troubles);
});

test("each address is judged by its own mails", () => {
  const other = mail("sent", 1, "further@example.net");
  expect(mailsInTrouble([other, refused])).toEqual([refused]);
});
