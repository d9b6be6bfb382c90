"use client";

import { type FocusEvent, type ReactNode, useEffect, useRef } from "react";

/** Brings a tab into view. Not by scrollIntoView: that also moves a page opened at one of its parts. */
function show(row: HTMLElement, tab: Element): void {
  const frame = row.getBoundingClientRect();
  const { left, right, width } = tab.getBoundingClientRect();
  if (left >= frame.left && right <= frame.right) return;
  row.scrollLeft += left - frame.left - (frame.width - width) / 2;
}

// A pointer's press gives focus too, and what moves away under it would not be clicked.
function showFocused({ currentTarget, target }: FocusEvent<HTMLElement>): void {
  if (target.matches(":focus-visible")) show(currentTarget, target);
}

/** A row of tabs that scrolls within itself. Where scripts run, the one that matters is in view. */
export function TabRow({ children }: { children: ReactNode }) {
  const row = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const current = row.current?.querySelector("[aria-current]");
    if (row.current && current) show(row.current, current);
  }, []);
  return (
    <ul ref={row} onFocus={showFocused} className="tab-row flex gap-x-1 overflow-x-auto">
      {children}
    </ul>
  );
}
