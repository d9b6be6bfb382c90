import { liveStates } from "@/lib/account/rules/case-states";
import type { CaseProof } from "@/lib/cases/rules/judge-sending";
import { subjects } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";
import { afterHours } from "@/lib/moments";

/** Whom a case is about: an account, or an address that has none. */
type About = { accountId: string | null; accountEmail: string };

/** The subject by which cases are sent one after the other; locked before the case's own. */
export const sendingSubject = ({ accountId, accountEmail }: About): string =>
  accountId ?? subjects.caseAbout(accountEmail);

/**
 * What the number of cases sent before is judged by. Alike for an account and for an address that has
 * none, whose cases are known by the address. Under the lock of `sendingSubject`.
 */
export async function findSendCount(
  tx: Database,
  about: About & { proof: CaseProof },
  now: Date,
): Promise<{ sent: Date[]; liveWithoutProof: number }> {
  const { accountId, accountEmail, proof } = about;
  const whose = accountId === null ? { accountId: null, accountEmail } : { accountId };
  const sent = await tx.recoveryCase.findMany({
    where: {
      ...whose,
      proof: proof === "nothing" ? "nothing" : { not: "nothing" },
      sentAt: { gt: afterHours(now, -1) },
    },
    select: { sentAt: true },
    orderBy: { sentAt: "desc" },
  });
  const liveWithoutProof = await tx.recoveryCase.count({
    where: { ...whose, proof: "nothing", state: { in: [...liveStates] } },
  });
  return { sent: sent.flatMap(({ sentAt }) => sentAt ?? []), liveWithoutProof };
}
