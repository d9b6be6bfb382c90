import type { ReactNode } from "react";
import { headingId } from "@/components/section";

/** Parts of a card of which one at a time is unfolded. */
export function FoldedSections({ children }: { children: ReactNode }) {
  return <div className="divide-y divide-line border-line border-y">{children}</div>;
}

type FoldedSectionProps = {
  id: string;
  title: string;
  /** What stands in it now, for who does not unfold it. */
  now: string | null;
  /** What the parts share of which one at a time is unfolded. */
  name: string;
  isOpen: boolean;
  children: ReactNode;
};

/** A part of a card that is unfolded by its heading, or by a link to its id; works without scripts. */
export function FoldedSection({ id, title, now, name, isOpen, children }: FoldedSectionProps) {
  return (
    <details name={name} open={isOpen} className="group">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-4 py-3 [&::-webkit-details-marker]:hidden">
        <span className="grid min-w-0 flex-1 gap-0.5">
          <h2 id={headingId(id)} className="font-semibold text-lg leading-snug">
            {title}
          </h2>
          {now ? <span className="text-quiet text-sm [overflow-wrap:anywhere]">{now}</span> : null}
        </span>
        <svg
          aria-hidden="true"
          viewBox="0 0 20 20"
          className="size-5 shrink-0 text-quiet group-open:rotate-180"
        >
          <path d="m5 7.5 5 5 5-5" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </summary>
      <div id={id} className="grid grid-cols-1 gap-3 pt-1 pb-6">
        {children}
      </div>
    </details>
  );
}
