import type { ReactNode } from "react";

type SectionProps = { id?: string; title: string; children: ReactNode };

/** The id of a section's heading, by which what is in it can be described. */
export const headingId = (section: string) => `${section}-heading`;

/** A part of a card with a heading of its own. */
export function Section({ id, title, children }: SectionProps) {
  return (
    <section id={id} className="grid grid-cols-1 content-start gap-3">
      <h2 id={id && headingId(id)} className="font-semibold text-lg leading-snug">
        {title}
      </h2>
      {children}
    </section>
  );
}
