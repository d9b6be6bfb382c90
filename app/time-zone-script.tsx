import { headers } from "next/headers";
import { zoneAsSaid } from "@/lib/client/browser-zone";

// Sent by a form like any other, for the answer's cookie to be one that no script reads.
const report = `(known => {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (timeZone && timeZone !== known) {
    navigator.sendBeacon("/time-zone", new URLSearchParams({ timeZone }));
  }
})`;

/**
 * Reports the browser's zone where it is not known yet. Without scripts times stay as they were.
 */
export async function TimeZoneScript() {
  const asked = await headers();
  const known = JSON.stringify(zoneAsSaid(asked));
  return (
    <script
      nonce={asked.get("x-nonce") ?? undefined}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a name that Intl knows, and no text of anybody's
      dangerouslySetInnerHTML={{ __html: `${report}(${known})` }}
    />
  );
}
