import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { isHeldBack } from "@/lib/mail/fate/hold-back";
import { mailKinds, rowOf } from "@/lib/mail/kinds";
import { enqueueMail, type NewMail } from "@/lib/mail/outbox";
import { findQueuedMail } from "@/lib/mail/queued-mail-store";
import { testDatabase } from "@/lib/testing/database";
import { enqueueCodeMail, notice } from "@/lib/testing/mails";
import { freshAddress } from "@/lib/testing/people";

testDatabase();

const now = new Date();
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

const mark = (address: string, more = {}) =>
  db.markedAddress.create({
    data: { address: address.toLowerCase(), because: "bounced", markedAt: now, ...more },
  });

/** A mail of a kind that waits. What it carries is of no weight here. */
async function waiting(kind: string, recipient: string, more: Partial<NewMail> = {}) {
  const id = await enqueueMail(db, notice({ recipient, ...more }));
  return async (at = now) => {
    const mail = await findQueuedMail(id);
    if (mail === null) throw new Error("It was settled.");
    return isHeldBack({ ...mail, kind }, at);
  };
}

test.each(mailKinds)(
  "%s goes to an address that is not marked, and to one that was",
  async (kind) => {
    const free = await waiting(kind, freshAddress());
    expect(await free()).toBe(false);
    const recipient = freshAddress();
    await mark(recipient, { liftedAt: now });
    const lifted = await waiting(kind, recipient);
    expect(await lifted()).toBe(false);
  },
);

test.each(mailKinds)(
  "%s goes to a marked address once an hour if it carries a code, else never",
  async (kind) => {
    const recipient = freshAddress();
    await mark(recipient);
    const isTried = rowOf(kind).carries === "code";
    const first = await waiting(kind, recipient);
    expect(await first()).toBe(!isTried);
    // However often it is tried itself, the try is its own; the hour begins with the last.
    expect(await first(minutesLater(2))).toBe(!isTried);
    const second = await waiting(kind, recipient);
    expect(await second(minutesLater(61))).toBe(true);
    expect(await second(minutesLater(62))).toBe(!isTried);
  },
);

test("what stands for a sign-up's code is tried as one, so that nobody learns of an account", async () => {
  const { challenge } = await enqueueCodeMail();
  const recipient = freshAddress();
  await mark(recipient);
  const standing = () => waiting("already-have-account", recipient, { challengeId: challenge.id });
  const [first, second] = [await standing(), await standing()];
  expect(await first()).toBe(false);
  expect(await second(minutesLater(1))).toBe(true);
});

test.each([
  ["sign-up-code", "sign-in-code"],
  ["new-address-code", "sign-in-code"],
  ["sign-up-code", "widening-code"],
])(
  "a stranger's %s uses up no try of the owner's %s, nor the other way round",
  async (typed, own) => {
    for (const kinds of [
      [typed, own],
      [own, typed],
    ]) {
      const recipient = freshAddress();
      await mark(recipient);
      for (const kind of kinds) {
        expect(await (await waiting(kind, recipient))(), kind).toBe(false);
        expect(await (await waiting(kind, recipient))(minutesLater(59)), kind).toBe(true);
      }
      // However often the stranger asks, in the next hour the owner has theirs.
      for (const kind of kinds) {
        expect(await (await waiting(kind, recipient))(minutesLater(61)), kind).toBe(false);
      }
    }
  },
);

test("of codes that go at the same moment one of each kind is tried, in ten rounds", async () => {
  for (let round = 0; round < 10; round += 1) {
    const recipient = freshAddress();
    await mark(recipient);
    const kinds = ["sign-in-code", "sign-up-code", "widening-code", "new-address-code"];
    const mails = await Promise.all(
      [...kinds, ...kinds.toReversed()].map(async (kind) => ({
        isOwn: kind === "sign-in-code" || kind === "widening-code",
        isHeld: await waiting(kind, recipient),
      })),
    );
    const held = await Promise.all(
      mails.map(async ({ isOwn, isHeld }) => ({ isOwn, held: await isHeld() })),
    );
    const tried = held.filter((one) => !one.held);
    expect(tried.map(({ isOwn }) => isOwn).sort()).toEqual([false, true]);
  }
});
