import type { ReactNode } from "react";

/** A list of things that can be acted on, one below the other. */
export function Entries({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line rounded-lg border border-line">{children}</ul>;
}

/**
 * The id of all that an entry says, by which its buttons are described: entries may share a title.
 *
 * @param id the entry's
 */
export const entryWords = (id: string) => `${id}-words`;

type EntryProps = {
  /** What it is. */
  title: ReactNode;
  /** The id of the title; its buttons are described by `entryWords` of it. */
  id: string;
  badges?: readonly string[];
  /** One line each. */
  lines?: readonly ReactNode[];
  /** Buttons and forms. */
  children?: ReactNode;
};

/** One thing of a list: its name, what is known of it, what can be done with it. */
export function Entry({ title, id, badges = [], lines = [], children }: EntryProps) {
  return (
    <li className="grid grid-cols-1 gap-2 px-4 py-4">
      <div id={entryWords(id)} className="grid grid-cols-1 gap-2">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span id={id} className="min-w-0 font-semibold [overflow-wrap:anywhere]">
            {title}
          </span>
          {badges.map((badge) => (
            <span
              key={badge}
              className="rounded-full border border-transparent bg-sunken px-2.5 py-0.5 text-sm"
            >
              {badge}
            </span>
          ))}
        </div>
        {lines.length === 0 ? null : (
          <div className="grid gap-0.5 text-quiet text-sm [overflow-wrap:anywhere]">
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change their order
              <p key={index}>{line}</p>
            ))}
          </div>
        )}
      </div>
      {children ? (
        <div className="flex flex-wrap items-start gap-x-3 gap-y-2">{children}</div>
      ) : null}
    </li>
  );
}
