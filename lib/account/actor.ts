import type { LiveSession } from "@/lib/auth/session-store";
import type { Client } from "@/lib/sign-in/client";

/** A signed-in customer who does something, and from where. */
export type Actor = {
  session: LiveSession;
  client: Client;
  /** The id in the browser's own cookie. */
  browserId: string;
};
