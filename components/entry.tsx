import type { ReactNode } from "react";

/** A list of things that can be acted on, one below the other. */
export function Entries({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line rounded-lg border border-line">{children}</ul>;
}

type EntryProps = {
  /** What it is, by which its buttons are described too. */
  title: ReactNode;
  /** The id of the title, for `aria-describedby` of its buttons. */
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
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span id={id} className="min-w-0 font-semibold [overflow-wrap:anywhere]">
          {title}
        </span>
        {badges.map((badge) => (
          <span key={badge} className="rounded-full bg-sunken px-2.5 py-0.5 text-sm">
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
      {children ? (
        <div className="flex flex-wrap items-start gap-x-3 gap-y-2">{children}</div>
      ) : null}
    </li>
  );
}
