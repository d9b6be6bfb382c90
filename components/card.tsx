import type { ReactNode } from "react";

type CardProps = {
  /** The page's main heading. */
  title: ReactNode;
  /** One or two sentences under the heading. */
  lead?: ReactNode;
  /** "task": one form; "wide": facts and lists; "full": things side by side, and tables. */
  width?: "task" | "wide" | "full";
  /** Quiet help under the card. */
  below?: ReactNode;
  children?: ReactNode;
};

const widths = { task: "max-w-[27rem]", wide: "max-w-2xl", full: "max-w-5xl" };

/** One task on one card, with the page's heading. */
export function Card({ title, lead, width = "task", below, children }: CardProps) {
  return (
    <div className={`mx-auto w-full ${widths[width]}`}>
      <div className="rounded-2xl border border-line bg-card px-5 py-7 shadow-card sm:px-9 sm:py-10">
        <h1 className="font-bold text-2xl leading-tight tracking-tight">{title}</h1>
        {lead ? <div className="mt-2 text-quiet">{lead}</div> : null}
        {children ? (
          <div className={`mt-6 grid grid-cols-1 ${width === "task" ? "gap-6" : "gap-9"}`}>
            {children}
          </div>
        ) : null}
      </div>
      {below ? (
        <div className="mt-6 grid grid-cols-1 gap-4 px-5 text-base sm:px-9">{below}</div>
      ) : null}
    </div>
  );
}
