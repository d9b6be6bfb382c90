import type { ReactNode } from "react";

/** A point in time: for people as `children` say it, zone included, for programs as UTC. */
export function Moment({ at, children }: { at: Date; children: ReactNode }) {
  return (
    <time dateTime={at.toISOString()} className="whitespace-nowrap font-semibold tabular-nums">
      {children}
    </time>
  );
}
