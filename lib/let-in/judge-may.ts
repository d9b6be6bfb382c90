import type { Actor } from "@/lib/account/actor";
import { hasLiveCase } from "@/lib/account/has-live-case";
import { isStaff } from "@/lib/account/roles";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { type MayLetIn, mayLetIn } from "@/lib/let-in/rules/judge-let-in";
import { findLetInAccount } from "@/lib/let-in/store";

/**
 * Whether a session may let a sign-in in, from where it is used now.
 *
 * @throws when its account is gone
 */
export async function judgeMayLetIn(
  database: Database,
  session: Pick<Actor["session"], "accountId" | "codeProvenAt">,
  { ip }: Pick<Client, "ip">,
): Promise<MayLetIn> {
  const { accountId, codeProvenAt } = session;
  const account = await findLetInAccount(database, { accountId, ip });
  if (account === null) throw new Error("A session has no account.");
  return mayLetIn({
    isStaff: isStaff(account.role),
    hasFactor: account.hasFactor,
    hasLiveCase: await hasLiveCase(database, accountId),
    networkTrusted: account.networkTrusted,
    codeProven: codeProvenAt !== null,
  });
}
