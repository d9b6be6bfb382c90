import type { Client } from "@/lib/client/client";

/** Mails about the staff do not tell from where an admin, or the command on the server, acts. */
export const noClient: Client = {
  ip: null,
  network: null,
  countryCode: null,
  browser: null,
  system: null,
  userAgent: "",
};
