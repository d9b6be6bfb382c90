"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

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
  const router = useRouter();
  useEffect(() => {
    const standsStill = () => unless !== undefined && document.querySelector(unless) !== null;
    const refresh = async () => {
      if (document.visibilityState !== "visible" || standsStill()) return;
      // Looked at again: a form may have been opened meanwhile.
      if ((await isThere()) && !standsStill()) router.refresh();
    };
    const timer = setInterval(refresh, everySeconds * 1000);
    return () => clearInterval(timer);
  }, [router, everySeconds, unless]);
  return null;
}

// Next loads the page anew where a refresh fails (fetch-server-response.js): what was typed would be gone.
const isThere = () =>
  fetch("/api/health", { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
