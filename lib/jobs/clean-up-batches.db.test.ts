import { Client } from "pg";
import { beforeEach, expect, test } from "vitest";
import { sweepOfDocuments } from "@/lib/cases/documents/document-store";
import { db } from "@/lib/db/client";
import { FIRST_BATCH, type OldRows, sweepInTurns, sweepOf } from "@/lib/db/sweep";
import { oldAnswersAt, oldRowsAt } from "@/lib/jobs/clean-up";
import { oldReports } from "@/lib/mail/fate/report-store";
import { oldMails } from "@/lib/mail/store";
import { testDatabase } from "@/lib/testing/database";
import { insertRows } from "@/lib/testing/made-rows";
import { makeAccount } from "@/lib/testing/people";

const url = testDatabase();

const now = new Date("2026-11-22T12:00:00Z");
const every = [
  ...oldRowsAt(now),
  ...oldMails(now),
  ...oldReports({ reports: now, marks: now }),
  ...oldAnswersAt(now),
];
const MS_A_DAY = 24 * 60 * 60 * 1_000;

/** By table and column: what makes a row one of those that are meant, and one that is not. */
const kinds: Record<string, { meant?: string; other?: string }> = {
  "challenge.expires_at": {},
  "passkey_ceremony.expires_at": {},
  "password_reset.expires_at": {},
  "rate_window.asked_at": {},
  "code_attempts.last_wrong_at": { other: "blocked_until = 'infinity'" },
  "sign_in_judgement.at": {},
  "session.created_at": {},
  "session.ticket_expires_at": {
    meant: "ticket_hash = decode(md5(id::text), 'hex')",
    other: "ticket_hash = NULL",
  },
  "trusted_browser.expires_at": {},
  "further_address.expires_at": { meant: "confirmed_at = NULL", other: "confirmed_at = now()" },
  "email_change.expires_at": { other: "undo_until = 'infinity'" },
  "authenticator_app.created_at": { meant: "confirmed_at = NULL", other: "confirmed_at = now()" },
  "account_link.expires_at": {},
  "notice_window.began_at": {},
  "recovery_case.expires_at": { meant: "state = 'draft'", other: "state = 'open'" },
  "recovery_case.ended_at": {
    meant: "account_id = NULL, state = 'refused'",
    other: "state = 'refused'",
  },
  "staff_invitation.expires_at": {},
  "help_question.answered_at": { meant: "state = 'declined'", other: "state = 'published'" },
  "help_feedback.at": { meant: "comment = 'Too long'", other: "comment = NULL" },
  "seen_browser.last_seen_at": {},
  "mail_outage.ended_at": {},
  "canary_run.began_at": {},
  "template_fallback.last_at": {},
  "figure_quarter.at": {},
  "mail.created_at": { meant: "state = 'sent'", other: "state = 'queued'" },
  "mailbox_message.created_at": {},
  "delivery_report.received_at": {},
  "marked_address.marked_at": { meant: "lifted_at = 'epoch'", other: "lifted_at = NULL" },
  "form_press.pressed_at": {},
  "returned_input.expires_at": {},
};

let accountId: string;

beforeEach(async () => {
  await db.account.deleteMany();
  for (const { table } of every) await db.$executeRawUnsafe(`DELETE FROM "${table}"`);
  accountId = (await makeAccount()).id;
});

/** Rows of one kind, so many milliseconds before its bound. */
const make = (old: OldRows, aheadMs: number[], which: "meant" | "other" = "meant") => {
  const times = aheadMs.map((ahead) => new Date(old.before.getTime() - ahead));
  const change = kinds[`${old.table}.${old.by}`]?.[which];
  return insertRows(old.table, { accountId, by: old.by, times, change });
};

/** How old the rows are that would still be taken or were left, in milliseconds before the bound. */
async function leftOf({ table, by, before, emptied }: OldRows): Promise<number[]> {
  const only = emptied === undefined ? "" : "WHERE comment IS NOT NULL";
  const rows = await db.$queryRawUnsafe<{ at: Date }[]>(
    `SELECT "${by}" AS at FROM "${table}" ${only} ORDER BY 1`,
  );
  return rows.map(({ at }) => before.getTime() - at.getTime());
}

const named = every.map((old) => [`${old.table}.${old.by}`, old] as const);

test("every kind of what is taken away has its rows here", () => {
  expect(named.map(([name]) => name).sort()).toEqual(Object.keys(kinds).sort());
});

test.each(named)("%s goes in batches from the oldest on, and its bound stays", async (_, old) => {
  await make(old, [1, 2, 3, 4, 5, MS_A_DAY, 9 * MS_A_DAY, 0, -1, -MS_A_DAY]);
  const sweep = sweepOf(old);
  expect(await sweep.takeBatch(2)).toBe(2);
  expect(await leftOf(old)).toEqual([5, 4, 3, 2, 1, 0, -1, -MS_A_DAY]);
  expect(await sweep.takeBatch(3)).toBe(3);
  expect(await sweep.takeBatch(3)).toBe(2);
  expect(await sweep.takeBatch(3)).toBe(0);
  expect(await leftOf(old)).toEqual([0, -1, -MS_A_DAY]);
});

test.each(named.filter(([name]) => kinds[name]?.other !== undefined))(
  "of %s others stay, however old they are",
  async (_, old) => {
    const kept = await make(old, [1, MS_A_DAY], "other");
    await make(
      old,
      [1, MS_A_DAY].map((ms) => ms + 7),
    );
    await sweepInTurns([sweepOf(old)]);
    const rows = await db.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM "${old.table}"`);
    expect(rows).toHaveLength(kept + (old.emptied === undefined ? 0 : 2));
  },
);

test.each(named)("%s that somebody holds is not waited for, and goes next time", async (_, old) => {
  await make(old, [1, 2, 3]);
  const holder = new Client({ connectionString: url() });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(
    `SELECT FROM "${old.table}" WHERE "${old.by}" < $1 ORDER BY "${old.by}" LIMIT 1 FOR UPDATE`,
    [old.before],
  );
  await sweepInTurns([sweepOf(old)]);
  expect(await leftOf(old)).toEqual([3]);
  await holder.end();
  await sweepInTurns([sweepOf(old)]);
  expect(await leftOf(old)).toEqual([]);
});

test.each(named)("a run over %s that was stopped is gone on with by the next", async (_, old) => {
  await make(
    old,
    Array.from({ length: FIRST_BATCH + 3 }, (_, index) => index + 1),
  );
  const stopping = new AbortController();
  const sweep = sweepOf(old);
  const stopped = {
    ...sweep,
    takeBatch: (limit: number) => sweep.takeBatch(limit).finally(() => stopping.abort()),
  };
  await sweepInTurns([stopped], stopping.signal);
  expect(await leftOf(old)).toEqual([3, 2, 1]);
  await Promise.all([sweepInTurns([sweepOf(old)]), sweepInTurns([sweepOf(old)])]);
  expect(await leftOf(old)).toEqual([]);
});

test("documents are purged by the end of their case, some at a time", async () => {
  const ended = new Date(now.getTime() - 1);
  await insertRows("recovery_case", { accountId, by: "ended_at", times: [ended, now] });
  const cases = await db.recoveryCase.findMany({ orderBy: { endedAt: "asc" } });
  const document = { name: "x.png", type: "image/png", size: 1, secretId: "x", addedAt: now };
  await db.caseDocument.createMany({
    data: cases.flatMap(({ id: caseId }) =>
      Array.from({ length: 3 }, () => ({ ...document, caseId, sealed: new Uint8Array(1) })),
    ),
  });
  const sweep = sweepOfDocuments(now);
  const batches = [await sweep.takeBatch(40), await sweep.takeBatch(40), await sweep.takeBatch(40)];
  expect(batches).toEqual([2, 1, 0]);
  const left = await db.caseDocument.findMany({ where: { sealed: { not: null } } });
  expect(left.map(({ caseId }) => caseId)).toEqual(Array(3).fill(cases[1]?.id));
});

test("ten rounds beside people who use what is not old: all that is old goes, and nothing else", async () => {
  const sessions = named.find(([name]) => name === "session.created_at")?.[1];
  if (sessions === undefined) throw new Error("Sessions are taken away.");
  for (let round = 0; round < 10; round += 1) {
    await make(
      sessions,
      [...Array(150).keys()].map((ms) => ms + 1),
    );
    await make(
      sessions,
      [...Array(20).keys()].map((ms) => -ms),
    );
    let busy = true;
    const writing = (async () => {
      while (busy) {
        await db.$executeRaw`UPDATE session SET last_seen_at = now() WHERE id IN (
          SELECT id FROM session ORDER BY random() LIMIT 5)`;
      }
    })();
    const run = () => sweepInTurns([sweepOf(sessions)]);
    await Promise.all([run(), run()]);
    busy = false;
    await writing;
    await run();
    expect((await leftOf(sessions)).every((ahead) => ahead <= 0)).toBe(true);
    expect(await leftOf(sessions)).toHaveLength(20 * (round + 1));
  }
});
