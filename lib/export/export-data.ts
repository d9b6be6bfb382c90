import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { findEverything } from "@/lib/export/store";
import { provePassword } from "@/lib/password/prove-password";

/** The name and version of the file's shape, for programs that read it. */
export const EXPORT_FORMAT = "portaria-account-export/1";

/** What becomes of the request for one's data. Only `password-wrong` costs an attempt. */
export type ExportOutcome =
  /** JSON, with the day it was made. */
  | { kind: "exported"; json: string; at: Date }
  | { kind: "password-missing" | "password-wrong" | "signed-out" }
  | { kind: "too-many"; until: Date };

/**
 * Hands out everything stored about one's own account, to who knows its password; it is mailed that
 * this was done.
 */
export async function exportData(actor: Actor, password: string): Promise<ExportOutcome> {
  const proof = await provePassword(actor, password);
  if (proof.kind === "too-many") return proof;
  if (proof.kind !== "right") return { kind: `password-${proof.kind}` };
  const { session } = actor;
  return asCustomer(actor, async (tx, now): Promise<ExportOutcome> => {
    const everything = await findEverything(tx, session.accountId);
    await recordOwnChange(tx, actor, { kind: "data-exported", now });
    const file = { format: EXPORT_FORMAT, exportedAt: now.toISOString(), ...everything };
    return { kind: "exported", json: JSON.stringify(file, null, 2), at: now };
  });
}
