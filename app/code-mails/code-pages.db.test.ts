import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import { codeLines, type Purpose } from "@/lib/challenge/code-lines";
import type { CodeWay } from "@/lib/challenge/code-way";
import { db } from "@/lib/db/client";
import { mailStates } from "@/lib/mail/rules/mail-state";
import { markSent } from "@/lib/mail/store";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { type Asked, ask, makeAsking } from "@/lib/testing/challenge-purposes";
import { testDatabase } from "@/lib/testing/database";
import { appFiles, sourceOf } from "@/lib/testing/forms-in-sources";
import { readPendingWidening } from "@/lib/widening/pending-widening";

testDatabase();

type Shown = { ways: CodeWay[]; mailLocale: string };

const ofPending = async ({ cookie }: Asked): Promise<Shown | null> => {
  const page = await readPendingPage(cookie);
  return page && { ways: page.mails, mailLocale: page.mailLocale };
};

/** What the page of each purpose shows of its mails. */
const pages: Record<Purpose, (asked: Asked) => Promise<Shown | null>> = {
  "sign-in": ofPending,
  "sign-up": ofPending,
  widening: async ({ holder }) => {
    const session = await findLiveSession(holder?.purpose === "widening" ? holder.sessionId : "");
    const pending = session && (await readPendingWidening(session));
    return pending && { ways: pending.mails, mailLocale: pending.mailLocale };
  },
  "new-address": async ({ asking, holder }) => {
    const caseId = holder?.purpose === "new-address" ? holder.caseId : "";
    const newEmail = asking.purpose === "new-address" ? asking.email : "";
    await db.recoveryCase.update({ where: { id: caseId }, data: { newEmail } });
    const page = await readDraftPage(caseId);
    const address = page.kind === "draft" ? page.draft.address : null;
    return address?.kind === "waits"
      ? { ways: address.mails, mailLocale: address.mailLocale }
      : null;
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
    ...{ shownEmail: `${state}@example.com`, edition: null, at: new Date() },
    ...{ state, reason, source: null, isLate: false, isReplaced: false },
  });
  const steps = async (...ways: CodeWay[]) => {
    const said = await codeLines(ways, { purpose: "sign-in", mailLocale: "en" });
    return [said.lines.map(({ step }) => step), said.other];
  };
  expect(await steps(way("accepted"), way("delivered"))).toEqual([
    [null, "look-in-spam"],
    "accepted@example.com",
  ]);
  expect(await steps(way("refused", "no-mailbox"), way("delivered"))).toEqual([
    ["other-address", "look-in-spam"],
    "delivered@example.com",
  ]);
  expect(await steps(way("refused", "full"), way("suppressed"))).toEqual([
    ["make-room", "recover"],
    null,
  ]);
});
