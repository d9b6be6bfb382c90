import type { ReactNode } from "react";

/** A reference to read out over the telephone. */
export function Reference({ children }: { children: ReactNode }) {
  return <strong className="whitespace-nowrap font-mono font-semibold">{children}</strong>;
}
