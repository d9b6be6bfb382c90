import { afterEach, expect, test, vi } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import { codeLines, type Purpose } from "@/lib/challenge/code-lines";
import { type CodeWay, codeWays } from "@/lib/challenge/code-way";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { mailStates } from "@/lib/mail/rules/mail-state";
import { markSent } from "@/lib/mail/store";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { addFurther } from "@/lib/testing/actors";
import { type Asked, ask, makeAsking } from "@/lib/testing/challenge-purposes";
import { testDatabase } from "@/lib/testing/database";
import { appFiles, sourceOf } from "@/lib/testing/forms-in-sources";
import { freshAddress } from "@/lib/testing/people";
import { readPendingWidening } from "@/lib/widening/pending-widening";

testDatabase();

afterEach(() => {
  vi.unstubAllEnvs();
  resetEnvironment();
});

type Shown = { ways: CodeWay[]; mailLocale: string; canResend: boolean };

const ofPending = async ({ cookie }: Asked): Promise<Shown | null> => {
  const page = await readPendingPage(cookie);
  return page && { ...page, ways: page.mails };
};

/** What the page of each purpose shows of its mails. */
const pages: Record<Purpose, (asked: Asked) => Promise<Shown | null>> = {
  "sign-in": ofPending,
  "sign-up": ofPending,
  widening: async ({ holder }) => {
    const session = await findLiveSession(holder?.purpose === "widening" ? holder.sessionId : "");
    const pending = session && (await readPendingWidening(session));
    return pending && { ...pending, ways: pending.mails };
  },
  "new-address": async ({ asking, holder }) => {
    const caseId = holder?.purpose === "new-address" ? holder.caseId : "";
    const newEmail = asking.purpose === "new-address" ? asking.email : "";
    await db.recoveryCase.update({ where: { id: caseId }, data: { newEmail } });
    const page = await readDraftPage(caseId);
    const address = page.kind === "draft" ? page.draft.address : null;
    return address?.kind === "waits" ? { ...address, ways: address.mails } : null;
  },
};

test.each(Object.keys(pages) as Purpose[])(
  "the page that waits for a code of %s says at each state how far its mail has come",
  async (purpose) => {
    const asked = await ask(await makeAsking[purpose]());
    const { id, createdAt } = await db.mail.findFirstOrThrow({ where: { challengeId: asked.id } });
    const seen: string[] = [];
    for (const state of mailStates) {
      if (state === "accepted") {
        await markSent({ id, channel: "smtp", providerId: null, sentAt: new Date() });
      } else if (state !== "queued") {
        const noted = { at: createdAt, notedAt: createdAt, source: "webhook" };
        await db.mailChange.create({ data: { mailId: id, state, ...noted } });
      }
      const shown = await pages[purpose](asked);
      expect(shown?.ways).toHaveLength(1);
      const { lines } = await codeLines(shown?.ways ?? [], {
        purpose,
        mailLocale: shown?.mailLocale ?? "",
        canResend: shown?.canResend ?? false,
      });
      expect(lines[0]?.step).not.toBeNull();
      seen.push(lines[0]?.way.state ?? "");
    }
    expect(seen).toEqual(mailStates);
  },
);

test("every page with a field for a mailed code shows how far its mails have come", () => {
  const withField = appFiles.filter(
    (file) => !file.includes(".test.") && /<CodeField\b/.test(sourceOf(file)),
  );
  expect(withField.sort()).toEqual([
    "app/(door)/recover/address-section.tsx",
    "app/(door)/verify/verify-form.tsx",
    "app/account/confirm/confirm-form.tsx",
  ]);
  expect(withField.filter((file) => !/<CodeMails\b/.test(sourceOf(file)))).toEqual([]);
});

test("one step is said once where it helps with several addresses, and each failed one has its own", async () => {
  const way = (state: CodeWay["state"], reason: CodeWay["reason"] = null): CodeWay => ({
    ...{ shownEmail: `${state}@example.com`, nth: 0, edition: null, at: new Date() },
    ...{ state, reason, source: null, isLate: false, isReplaced: false, isNotTaken: false },
  });
  const steps = async (...ways: CodeWay[]) => {
    const said = await codeLines(
      ways.map((one, nth) => ({ ...one, nth })),
      { purpose: "sign-in", mailLocale: "en", canResend: true },
    );
    return [said.lines.map(({ step }) => step), said.other?.to ?? null];
  };
  expect(await steps(way("accepted"), way("delivered"))).toEqual([
    [null, "look-in-spam"],
    "0 accepted@example.com",
  ]);
  expect(await steps(way("refused", "no-mailbox"), way("delivered"))).toEqual([
    ["other-address", "look-in-spam"],
    "1 delivered@example.com",
  ]);
  expect(await steps(way("refused", "full"), way("suppressed"))).toEqual([
    ["make-room", "recover"],
    null,
  ]);
});

test.each([
  ["help@host.example", "", "write-to-us"],
  ["help@host.example", "+351 210 000 000", "call-us"],
  ["", "+351 210 000 000", "call-us"],
  ["", "", "recover"],
])("support that is reached by %j and %j: a failed line says %s", async (email, phone, step) => {
  vi.stubEnv("SUPPORT_EMAIL", email);
  vi.stubEnv("SUPPORT_PHONE", phone);
  resetEnvironment();
  const failed: CodeWay = {
    ...{ shownEmail: "c•••@e•••.com", nth: 0, edition: null, at: new Date() },
    ...{ state: "refused", reason: "no-mailbox", source: null },
    ...{ isLate: false, isReplaced: false, isNotTaken: false },
  };
  const said = await codeLines([failed], { purpose: "sign-in", mailLocale: "en", canResend: true });
  expect(said.lines[0]?.step).toBe(step);
});

test("the line of an address that was confirmed since is not there: no code went to it", async () => {
  const asked = await ask(await makeAsking["sign-in"]());
  const { accountId } = await db.challenge.findUniqueOrThrow({ where: { id: asked.id } });
  expect((await ofPending(asked))?.ways).toHaveLength(1);
  await addFurther(accountId ?? "", freshAddress());
  expect((await ofPending(asked))?.ways).toHaveLength(1);
});

test.each([
  ["a try failed", { attempts: 1 }, null, true],
  ["it was never tried, and has waited", {}, null, false],
  ["no way out takes any", {}, 60_000, true],
  ["the pause is over, and it still waits", {}, -1000, false],
])(
  "a late mail is said not to be taken only where that is known: %s",
  (_, more, paused, isNotTaken) => {
    const now = new Date();
    const mail = {
      ...{ recipient: "carla@example.com", edition: null, state: "queued", attempts: 0 },
      ...{ createdAt: new Date(now.getTime() - 40_000), sentAt: null, changes: [], ...more },
    };
    const pausedUntil = paused === null ? null : new Date(now.getTime() + paused);
    const show = (email: string) => email;
    const [way] = codeWays([mail.recipient], { mails: [mail], pausedUntil }, { now, show });
    expect(way).toMatchObject({ state: "queued", isLate: true, isNotTaken });
  },
);
