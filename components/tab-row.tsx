"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** A row of tabs that scrolls within itself. Where scripts run, the open page's tab is in view. */
export function TabRow({ children }: { children: ReactNode }) {
  const row = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const current = row.current?.querySelector("[aria-current]");
    if (row.current === null || !current) return;
    const [frame, tab] = [row.current, current].map((one) => one.getBoundingClientRect());
    if (frame === undefined || tab === undefined) return;
    if (tab.left >= frame.left && tab.right <= frame.right) return;
    // Not scrollIntoView: it would also move a page that was opened at one of its parts.
    row.current.scrollLeft += tab.left - frame.left - (frame.width - tab.width) / 2;
  }, []);
  return (
    <ul ref={row} className="tab-row flex gap-x-1 overflow-x-auto">
      {children}
    </ul>
  );
}
