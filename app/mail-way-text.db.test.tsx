import { expect, test, vi } from "vitest";
import { LatestMails } from "@/app/account/security/mails/latest-mails";
import { mailWayText } from "@/app/mail-way-text";
import { MailWay } from "@/app/support/mails/[id]/mail-way";
import { MailsTable } from "@/app/support/mails-table";
import { db } from "@/lib/db/client";
import { database } from "@/lib/db/transaction";
import { listedMail } from "@/lib/history/list-mails";
import { listSignIns } from "@/lib/history/list-sign-ins";
import { findMailsById } from "@/lib/history/mail-store";
import { locales } from "@/lib/i18n/locales";
import { changeSources } from "@/lib/mail/rules/change-source";
import { mailStates } from "@/lib/mail/rules/mail-state";
import { renderPage } from "@/lib/server/straight/render-page";
import { makeActor, signInFrom } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";

const asked = vi.hoisted(() => ({ language: "en" }));
vi.mock("@/lib/log/request-context", async (original) => ({
  ...(await original<typeof import("@/lib/log/request-context")>()),
  requestBrought: () => ({
    headers: new Headers({ "accept-language": asked.language }),
    cookies: { get: () => undefined, set() {}, take: () => [] },
  }),
}));

testDatabase();

const words = { when: () => "then" } as unknown as Parameters<typeof MailsTable>[0]["words"];

/** A customer who was asked for a code, and its mail as a version before left it, which noted no changes. */
async function mailOfBefore(state: string) {
  const { session } = await makeActor();
  await signInFrom(session.accountId, "198.51.100.7");
  const mail = await db.mail.findFirstOrThrow({
    where: { accountId: session.accountId, kind: "sign-in-code" },
  });
  const sentAt = state === "sent" ? mail.createdAt : null;
  await db.mail.update({ where: { id: mail.id }, data: { state, sentAt } });
  return { session, id: mail.id };
}

const supportSays: Record<string, [string, string]> = {
  sent: ["Sent then", "Taken by our mail service"],
  refused: [
    "Refused by the recipient’s mail service, and not tried again",
    "Refused by the recipient’s mail service, and not tried again",
  ],
  dropped: ["Given up, as it was of no use any more", "Given up, as it was of no use any more"],
  queued: ["Waiting to be sent, next try then", "Nothing is known yet: it has not left."],
};

test.each([
  ["sent", "accepted after 1 second"],
  ["refused", "refused"],
  ["dropped", "given up before it was sent"],
  ["queued", "waiting to be sent"],
])("of a mail that a version before left %s each page says: %s", async (state, said) => {
  const { session, id } = await mailOfBefore(state);
  const text = (html: string) => html.replaceAll("&#x27;", "'");
  expect(text(await renderPage(<LatestMails session={session} />))).toContain(`>${said}<`);
  const { signIns } = await listSignIns(session, { filter: "all", after: null });
  const [mail] = signIns.flatMap(({ codeMails }) => codeMails);
  expect(mail && (await mailWayText(mail))).toBe(said);
  const [row] = await findMailsById(database, [id]);
  const listed = row === undefined ? null : listedMail(row, (email) => email);
  if (listed === null) throw new Error("It is not listed.");
  const [inTable = "", onPage = ""] = supportSays[state] ?? [];
  expect(text(await renderPage(<MailsTable mails={[listed]} words={words} />))).toContain(inTable);
  expect(text(await renderPage(<MailWay mail={listed} timeZone={null} />))).toContain(onPage);
});

test("every state has words by whoever says so, in every language", async () => {
  for (const language of locales) {
    asked.language = language;
    const seen = new Set<string>();
    for (const state of mailStates) {
      if (state === "queued") continue;
      for (const source of changeSources) {
        const step = { state, source, at: new Date(), seconds: 2, reason: "full" } as const;
        const rest = { channel: null, status: null, words: null };
        seen.add(await mailWayText({ state: "sent", way: [{ ...step, ...rest }] }));
      }
    }
    // Who was asked does not say when it happened: other words for each.
    expect(seen.size).toBe(10);
  }
  asked.language = "en";
});
