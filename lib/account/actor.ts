import type { LiveSession } from "@/lib/account/session-store";
import type { Client } from "@/lib/client/client";

/** A signed-in customer who does something, and from where. */
export type Actor = {
  session: LiveSession;
  client: Client;
  /** The id in the browser's own cookie. */
  browserId: string;
};
