import { OwnScript } from "@/components/own-script";

/**
 * Asks the server for the page's present state every few seconds while its tab is looked at, and shows
 * what changed in place: nothing is loaded anew, and what is being typed stays. Without scripts the
 * page is as it was when it was opened; so it is while the server or the line is away.
 */
export function LiveRefresh({ everySeconds }: { everySeconds: number }) {
  return (
    <>
      <span hidden data-refresh-seconds={everySeconds} />
      <OwnScript name="live-refresh" />
    </>
  );
}
