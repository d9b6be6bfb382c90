import type { ReactNode } from "react";
import { entryWords } from "@/components/entry";

type TroubleEntryProps = {
  /** Its buttons are described by `entryWords` of it. */
  id: string;
  title: ReactNode;
  /** One line each. */
  lines: readonly ReactNode[];
  /** Whether somebody is kept out by it; else it only waits. */
  isBad: boolean;
  /** The acts that mend it. */
  children: ReactNode;
};

/** One thing that is wrong or waits, with what mends it right below. */
export function TroubleEntry({ id, title, lines, isBad, children }: TroubleEntryProps) {
  const edge = isBad ? "border-l-danger" : "border-l-accent";
  return (
    <li
      id={id}
      className={`grid grid-cols-1 gap-2.5 rounded-lg border border-line border-l-4 px-4 py-3 ${edge}`}
    >
      <div id={entryWords(id)} className="grid gap-0.5">
        <p className="font-semibold">{title}</p>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change their order
          <p key={index} className="text-quiet text-sm">
            {line}
          </p>
        ))}
      </div>
      {/* An act may turn out to be none. */}
      <div className="flex flex-wrap items-start gap-3 empty:hidden">{children}</div>
    </li>
  );
}
