import type { ReactNode } from "react";

export type Fact = { label: string; value: ReactNode };

/** Names and values, one line each. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="divide-y divide-line rounded-lg border border-line">
      {facts.map(({ label, value }) => (
        <div key={label} className="flex flex-wrap justify-between gap-x-6 px-4 py-2.5">
          <dt className="text-quiet">{label}</dt>
          <dd className="min-w-0 font-medium tabular-nums sm:text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
