import type { ReactNode } from "react";

/** Sentences that each lead to what they are about, one below the other. */
export function LinkRows({ children }: { children: ReactNode }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
      {children}
    </ul>
  );
}

type LinkRowProps = {
  id?: string;
  href: string;
  /** A second, quieter line. */
  detail?: string | null;
  children: ReactNode;
};

/** One of `LinkRows`; the whole row takes the pointer. */
export function LinkRow({ id, href, detail, children }: LinkRowProps) {
  return (
    <li id={id}>
      <a
        href={href}
        className="grid min-h-11 content-center gap-0.5 px-4 py-2.5 hover:bg-sunken focus-visible:-outline-offset-4"
      >
        <span className="text-link">{children}</span>
        {detail ? (
          <span className="text-quiet text-sm [overflow-wrap:anywhere]">{detail}</span>
        ) : null}
      </a>
    </li>
  );
}
