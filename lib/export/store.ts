import { findCasesForExport } from "@/lib/cases/export-store";
import { codeSubjectsOf } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";

/**
 * Everything that is stored about an account, as it is stored, but for what only proves or opens: the
 * password's hash, hashed secrets, and the ids of keys.
 */
export async function findEverything(database: Database, accountId: string) {
  const filter = { accountId };
  const account = await database.account.findUniqueOrThrow({
    where: { id: accountId },
    omit: { passwordHash: true },
  });
  const places = await database.$queryRaw<object[]>`
    SELECT id, network::cidr::text AS network, name, because, created_at AS "createdAt",
      last_used_at AS "lastUsedAt"
    FROM trusted_place WHERE account_id = ${accountId}::uuid ORDER BY created_at`;
  const seenBrowsers = await database.$queryRaw<object[]>`
    SELECT browser_id AS "browserId", network::cidr::text AS network,
      first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt"
    FROM seen_browser WHERE account_id = ${accountId}::uuid ORDER BY first_seen_at`;
  const subjects = codeSubjectsOf(accountId);
  return {
    account,
    places,
    seenBrowsers,
    trustedBrowsers: await database.trustedBrowser.findMany({
      where: filter,
      omit: { generation: true },
    }),
    // Names and times: no key, and nothing that says which codes are right.
    authenticatorApps: await database.authenticatorApp.findMany({
      where: filter,
      omit: { sealedKey: true, lastStep: true },
      orderBy: { createdAt: "asc" },
    }),
    passkeys: await database.passkey.findMany({
      where: filter,
      omit: { publicKey: true, counter: true },
      orderBy: { createdAt: "asc" },
    }),
    passkeyCeremonies: await database.passkeyCeremony.findMany({
      where: filter,
      omit: { challenge: true },
      orderBy: { createdAt: "asc" },
    }),
    recoveryCodes: await database.recoveryCode.findMany({
      where: filter,
      omit: { hash: true },
      orderBy: { createdAt: "asc" },
    }),
    furtherAddresses: await database.furtherAddress.findMany({ where: filter }),
    markedAddresses: await database.$queryRaw<object[]>`
      SELECT k.address, k.because, k.status, k.words, k.marked_at AS "markedAt",
        greatest(k.tried_at, k.owner_tried_at) AS "triedAt", k.lifted_at AS "liftedAt"
      FROM marked_address k WHERE k.address IN (
        SELECT lower(email) FROM account WHERE id = ${accountId}::uuid
        UNION SELECT lower(email) FROM further_address WHERE account_id = ${accountId}::uuid)`,
    emailChanges: await database.emailChange.findMany({ where: filter }),
    sessions: await database.session.findMany({
      where: filter,
      omit: { ticketHash: true, ticketExpiresAt: true },
    }),
    signIns: await database.signInJudgement.findMany({ where: filter, orderBy: { at: "asc" } }),
    codes: await database.challenge.findMany({
      where: filter,
      omit: { secretHash: true, secretId: true, registration: true },
    }),
    wrongCodes: await database.codeAttempts.findMany({ where: { subject: { in: subjects } } }),
    passwordLinks: await database.passwordReset.findMany({
      where: filter,
      omit: { secretId: true },
    }),
    links: await database.accountLink.findMany({ where: filter, omit: { secretId: true } }),
    activities: await database.activity.findMany({ where: filter, orderBy: { at: "asc" } }),
    // What they were made of says nothing about anybody.
    mails: await database.mail.findMany({
      where: filter,
      omit: { edition: true, fingerprint: true },
      include: { changes: true },
      orderBy: { createdAt: "asc" },
    }),
    noticeWindows: await database.noticeWindow.findMany({ where: filter }),
    // Never who of the staff called.
    callBacks: await database.callBack.findMany({
      where: { challenge: filter },
      select: { challengeId: true, reason: true, askedAt: true },
    }),
    ...(await findCasesForExport(database, accountId)),
  };
}
