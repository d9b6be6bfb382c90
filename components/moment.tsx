import type { ReactNode } from "react";

type MomentProps = {
  at: Date;
  /** Without stress, where the time is not what matters. */
  quiet?: boolean;
  children: ReactNode;
};

/** A point in time: for people as `children` say it, zone included, for programs as UTC. */
export function Moment({ at, quiet = false, children }: MomentProps) {
  return (
    <time
      dateTime={at.toISOString()}
      className={`tabular-nums sm:whitespace-nowrap ${quiet ? "" : "font-semibold"}`}
    >
      {children}
    </time>
  );
}
