import type { ReactNode } from "react";
import { holdsTyped } from "@/components/post-form";

type FormOpenerProps = {
  /** What the button says. */
  summary: ReactNode;
  /** By which a link leads to it. */
  id: string;
  /** Of those with one name no more than one is open at a time. */
  group: string;
  /** Such as where the form in it was not taken; also where one in it came back unsent. */
  open?: boolean;
  /** The ids of what distinguishes several with the same words. */
  describedBy?: string;
  /** "quiet" looks like a link: it stands in a list of what is rarely needed. */
  look?: keyof typeof looks;
  children: ReactNode;
};

const looks = {
  button:
    "rounded-lg border border-control bg-card px-4 py-1.5 font-semibold text-text hover:bg-sunken group-open:bg-sunken",
  quiet: "text-link",
};

/** A button that opens its form below it, and shuts the one that was open; works without scripts. */
export function FormOpener(props: FormOpenerProps) {
  const { summary, id, group, open = false, describedBy, look = "button", children } = props;
  return (
    <details
      id={id}
      name={group}
      open={open || holdsTyped(children)}
      className="group min-w-0 open:w-full"
    >
      <summary
        aria-describedby={describedBy}
        className={`inline-flex min-h-11 cursor-pointer items-center gap-2 ${looks[look]}`}
      >
        {summary}
        {/* Browsers draw no arrow of their own in a row. */}
        <svg
          aria-hidden="true"
          viewBox="0 0 12 12"
          className="size-3 shrink-0 fill-none stroke-2 stroke-current group-open:rotate-180"
        >
          <path d="M2 4l4 4 4-4" />
        </svg>
      </summary>
      <div className="my-2 grid grid-cols-1 gap-5 rounded-lg border border-line p-4">
        {children}
      </div>
    </details>
  );
}
