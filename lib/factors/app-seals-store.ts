import { db } from "@/lib/db/client";
import type { Sweep } from "@/lib/db/sweep";
import { resealAppKey } from "@/lib/factors/totp";
import { isRotating } from "@/lib/secrets/encryption";

/**
 * Seals the keys of all apps with the present AUTH_SECRET, in batches, as long as an older one is there: else
 * taking the older one away would end every app that was not used meanwhile.
 */
export function sweepOfAppSeals(): Sweep {
  let after: string | null = null;
  return {
    what: "authenticator_app, by its seal",
    async takeBatch(limit) {
      if (!isRotating()) return 0;
      const apps = await db.authenticatorApp.findMany({
        ...(after !== null && { where: { id: { gt: after } } }),
        select: { id: true, sealedKey: true },
        orderBy: { id: "asc" },
        take: limit,
      });
      after = apps.at(-1)?.id ?? after;
      for (const { id, sealedKey: before } of apps) {
        const sealedKey = resealAppKey(id, before);
        // Whoever used the app meanwhile has sealed it anew too: that one stays.
        if (sealedKey !== null) {
          await db.authenticatorApp.updateMany({
            where: { id, sealedKey: before },
            data: { sealedKey },
          });
        }
      }
      return apps.length;
    },
  };
}
