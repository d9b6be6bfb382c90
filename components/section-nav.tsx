import type { ReactNode } from "react";

export type SectionNavProps = {
  label: string;
  items: readonly { href: string; label: ReactNode; isCurrent: boolean }[];
};

/** The pages of one area, with the one that is open marked. */
export function SectionNav({ label, items }: SectionNavProps) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-x-1 border-line border-b">
        {items.map(({ href, label: name, isCurrent }) => (
          <li key={href}>
            <a
              href={href}
              aria-current={isCurrent ? "page" : undefined}
              className={`-mb-px inline-flex min-h-11 items-center border-b-2 px-3 ${
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
