import type { Actor } from "@/lib/account/actor";
import { recordOwnChange } from "@/lib/account/record-change";
import type { Database } from "@/lib/db/transaction";
import { findFactors, hasFactorOfAnother } from "@/lib/factors/factors-store";
import { APPS_AT_MOST } from "@/lib/two-step/rules/limits";
import { confirmApp, proveFactor } from "@/lib/two-step/store";

/** What became of an app that was to be turned on. `app-over`: another one was begun, or it was taken away. */
export type TurnedOn =
  | { kind: "app-turned-on"; name: string; needsCodes: boolean }
  | { kind: "app-over" | "app-too-many" };

/**
 * Turns on an app that a code of was right, in the caller's transaction and under the lock of the account.
 * Whoever holds the session has its key: the session has proven a factor from then on. It ends nothing.
 */
export async function turnOnApp(
  tx: Database,
  actor: Actor,
  request: { appId: string; name: string },
  now: Date,
): Promise<TurnedOn> {
  const { id: sessionId, accountId } = actor.session;
  const { appId, name } = request;
  const { apps, recoveryCodesLeft } = await findFactors(tx, accountId);
  if (apps.length >= APPS_AT_MOST) return { kind: "app-too-many" };
  if (!(await confirmApp(tx, { id: appId, sessionId, name, now }))) return { kind: "app-over" };
  await proveFactor(tx, sessionId, now);
  const about = { what: "app", name } as const;
  const isFirst = !(await hasFactorOfAnother(tx, actor.session));
  const undo = { kind: "factor", what: "app", factorId: appId, isFirst } as const;
  await recordOwnChange(tx, actor, { kind: "factor-added", now, about, undo });
  return { kind: "app-turned-on", name, needsCodes: recoveryCodesLeft === 0 };
}
