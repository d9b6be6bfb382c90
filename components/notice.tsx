import type { ReactNode } from "react";

/** Says what happened and needs no correction. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="rounded-lg border-accent border-l-4 bg-sunken px-4 py-3">
      {children}
    </div>
  );
}
