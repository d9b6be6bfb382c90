import { expect, test } from "vitest";
import { readResendTo } from "@/lib/challenge/rules/resend-to";
import { db } from "@/lib/db/client";
import { addFurther } from "@/lib/testing/actors";
import { again, ask, find, makeAsking } from "@/lib/testing/challenge-purposes";
import { testDatabase } from "@/lib/testing/database";
import { freshAddress } from "@/lib/testing/people";
import { maskEmail } from "@/lib/typed/mask-email";

testDatabase();

const purposes = ["sign-in", "widening"] as const;

/** A code of an account with two further addresses, asked for half a minute ago. */
async function asked(purpose: (typeof purposes)[number]) {
  const asking = await makeAsking[purpose]();
  if (!("account" in asking)) throw new Error("It is of no account.");
  const { id: accountId } = asking.account;
  const further = [`y.${freshAddress()}`, `z.${freshAddress()}`];
  for (const email of further) await addFurther(accountId, email);
  const asked = await ask(asking);
  const later = new Date(Date.now() - 30_000);
  await db.challenge.update({ where: { id: asked.id }, data: { lastMailAt: later } });
  const addresses = [(await find(db, asked))?.email ?? "", ...further];
  await db.mail.deleteMany({ where: { challengeId: asked.id } });
  const mailed = async () => {
    const mails = await db.mail.findMany({ where: { challengeId: asked.id } });
    return mails.map(({ recipient }) => addresses.indexOf(recipient)).sort();
  };
  return { asked, addresses, accountId, mailed };
}

const mask = (addresses: string[], index: number) => maskEmail(addresses[index] ?? "");

/** What each press says, and which of the three addresses it mails. */
const presses: [string, (addresses: string[]) => string | null, number[]][] = [
  ["nothing", () => null, [0, 1, 2]],
  ["the contact e-mail", (all) => `0 ${mask(all, 0)}`, [0]],
  ["a further one", (all) => `1 ${mask(all, 1)}`, [1]],
  ["the other further one", (all) => `2 ${mask(all, 2)}`, [2]],
  ["one that is none", (all) => `3 ${mask(all, 1)}`, [0, 1, 2]],
  ["another one's mask", (all) => `1 ${mask(all, 2)}`, [0, 1, 2]],
  ["another account's mask", () => "1 o•••@o•••.org", [0, 1, 2]],
  ["the address itself", (all) => `1 ${all[1]}`, [0, 1, 2]],
  ["far too much", () => `1 ${"y".repeat(70_000)}`, [0, 1, 2]],
];

test.each(purposes.flatMap((purpose) => presses.map((press) => [purpose, ...press] as const)))(
  "the code of a %s, pressed for %s",
  async (purpose, _, say, expected) => {
    const { asked: code, addresses, mailed } = await asked(purpose);
    const sent = await again(code, readResendTo(say(addresses)));
    const to = expected.map((index) => mask(addresses, index));
    expect(sent).toEqual({ kind: "sent", to });
    expect(await mailed()).toEqual(expected);
  },
);

test.each(purposes)(
  "%s: an address that was removed meanwhile shifts the others, and the code goes to all that are left",
  async (purpose) => {
    const { asked: code, addresses, accountId, mailed } = await asked(purpose);
    const [, first = "", second = ""] = addresses;
    await db.furtherAddress.deleteMany({ where: { accountId, email: first } });
    await again(code, { nth: 1, shown: maskEmail(first) });
    expect(await mailed()).toEqual([0, 2]);
    expect((await db.mail.findMany({ where: { recipient: second } })).length).toBe(1);
  },
);

test.each(purposes)(
  "%s: two presses at the same moment, one for all and one for one, are one mail more",
  async (purpose) => {
    for (let round = 0; round < 10; round++) {
      const { asked: code, addresses, mailed } = await asked(purpose);
      const presses = [null, { nth: 1, shown: mask(addresses, 1) }];
      if (round % 2 === 1) presses.reverse();
      const answers = await Promise.all(presses.map((to) => again(code, to)));
      expect(answers.map(({ kind }) => kind).sort()).toEqual(["sent", "too-early"]);
      const { mailsSent } = await db.challenge.findUniqueOrThrow({ where: { id: code.id } });
      expect(mailsSent).toBe(2);
      expect([[1], [0, 1, 2]]).toContainEqual(await mailed());
    }
  },
);

test.each(["sign-up", "new-address"] as const)(
  "the code of a %s goes to its one address, whatever is posted",
  async (purpose) => {
    const code = await ask(await makeAsking[purpose]());
    const later = new Date(Date.now() - 30_000);
    await db.challenge.update({ where: { id: code.id }, data: { lastMailAt: later } });
    expect(await again(code, { nth: 1, shown: "o•••@o•••.org" })).toEqual({ kind: "sent", to: [] });
    const mails = await db.mail.findMany({ where: { challengeId: code.id } });
    expect(new Set(mails.map(({ recipient }) => recipient)).size).toBe(1);
    expect(mails).toHaveLength(2);
  },
);
