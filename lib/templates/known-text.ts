import type { Database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import { isBlockKnown } from "@/lib/templates/block-store";
import { isFrame, kindOf } from "@/lib/templates/text-key-of";

/** Whether there is such a text: of every kind of mail, of the frame, and of blocks that somebody made. */
export async function isKnownText(database: Database, key: TextKey): Promise<boolean> {
  if (kindOf(key) !== null || isFrame(key)) return true;
  return isBlockKnown(database, key.subject);
}
