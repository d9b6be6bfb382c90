import { OwnScript } from "@/components/own-script";

type LiveRefreshProps = {
  everySeconds: number;
  /** While anything on the page matches it, the page stands still: a form that could move under the hand. */
  unless?: string;
};

/**
 * Asks the server for the page's present state every few seconds while its tab is looked at, and shows
 * what changed in place: nothing is loaded anew, and what is being typed stays. Without scripts the
 * page is as it was when it was opened; so it is while the server or the line is away.
 */
export function LiveRefresh({ everySeconds, unless }: LiveRefreshProps) {
  return (
    <>
      <span hidden data-refresh-seconds={everySeconds} data-refresh-unless={unless} />
      <OwnScript name="live-refresh" />
    </>
  );
}
