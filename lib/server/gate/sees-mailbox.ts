import type { RequestContext } from "@/lib/log/request-context";
import { isLoopbackHost } from "@/lib/network/network-text";
import type { Arrival } from "@/lib/server/gate/arrival";
import type { GateSettings } from "@/lib/server/gate/settings";

/** Whether a request may see `/mailbox`: from this machine itself, under a name of it, and by no proxy. */
export function seesMailbox(
  settings: GateSettings,
  arrival: Arrival,
  context: RequestContext,
): boolean {
  const host = arrival.rawHost === null ? "" : new URL(`http://${arrival.rawHost}`).hostname;
  return settings.hasMailbox && !context.forwarded && isLoopbackHost(host);
}
