import type { TimelineView } from "@/lib/support/timeline";

/** The address of a customer's timeline, or of a part of it. */
export function timelinePath(customer: string, view: TimelineView, after?: string): string {
  const query = new URLSearchParams({
    ...(view === "all" ? {} : { show: view }),
    ...(after === undefined ? {} : { after }),
  });
  const written = query.size === 0 ? "" : `?${query}`;
  return `/support/customers/${customer}${written}#timeline`;
}
