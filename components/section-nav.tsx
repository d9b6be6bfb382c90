import type { ReactNode } from "react";

export type SectionNavProps = {
  label: string;
  items: readonly { href: string; label: ReactNode; isCurrent: boolean }[];
};

/** The pages of one area in one row, which scrolls within itself, with the one that is open marked. */
export function SectionNav({ label, items }: SectionNavProps) {
  return (
    <nav aria-label={label} className="min-w-0 border-line border-b">
      <ul className="tab-row flex gap-x-1 overflow-x-auto">
        {items.map(({ href, label: name, isCurrent }) => (
          <li
            key={href}
            // A position of its own keeps what is only heard of a tab within the row.
            // A browser that knows it shows the open page's tab from the start, without scripts.
            className={`relative shrink-0 ${isCurrent ? "snap-center [scroll-initial-target:nearest]" : ""}`}
          >
            <a
              href={href}
              aria-current={isCurrent ? "page" : undefined}
              className={`inline-flex min-h-11 items-center whitespace-nowrap border-b-2 px-3 -outline-offset-4 ${
                isCurrent
                  ? "border-accent font-semibold forced-colors:border-[Highlight]"
                  : "border-transparent text-quiet hover:border-control hover:text-text forced-colors:border-[Canvas]"
              }`}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
