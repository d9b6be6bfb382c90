import { findLink } from "@/lib/account/change-store";
import { caseState } from "@/lib/account/rules/case-states";
import { judgeObjection } from "@/lib/cases/rules/judge-objection";
import { findCase } from "@/lib/cases/store";
import type { Database } from "@/lib/db/transaction";
import { openLinkToken } from "@/lib/secrets/link-token";

const purpose = "object-case";

/** The case that a token objects to, with the verdict on it; null for a token that leads nowhere. */
export async function findObjection(database: Database, token: string | null, now: Date) {
  const id = openLinkToken(purpose, token);
  const link = id === null ? null : await findLink(database, { id, purpose });
  const found = link?.targetId ? await findCase(database, link.targetId) : null;
  if (link === null || found === null) return null;
  const { expiresAt, endedAt } = link;
  const { objectedAt } = found;
  const facts = { now, state: caseState(found.state), expiresAt, endedAt, objectedAt };
  return { link, found, verdict: judgeObjection(facts) };
}
