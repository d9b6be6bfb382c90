import type { ReactNode } from "react";
import { holdsTyped } from "@/components/post-form";

type DisclosureProps = {
  summary: ReactNode;
  /** Such as where the form in it was not taken; also where one in it came back unsent. */
  open?: boolean;
  /** The ids of what distinguishes several with the same words. */
  describedBy?: string;
  children: ReactNode;
};

/** Shows what is rarely needed only to who asks for it; works without scripts. */
export function Disclosure({ summary, open = false, describedBy, children }: DisclosureProps) {
  return (
    <details open={open || holdsTyped(children)} className="min-w-0 open:w-full">
      <summary
        aria-describedby={describedBy}
        className="inline-flex min-h-11 cursor-pointer items-center text-link"
      >
        {summary}
      </summary>
      <div className="mt-2 grid grid-cols-1 gap-5">{children}</div>
    </details>
  );
}
