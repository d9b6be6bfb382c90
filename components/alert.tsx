import type { ReactNode } from "react";
import { answersRefused, freshId } from "@/components/form-desk";

type AlertProps = {
  title: ReactNode;
  /** Whether it answers a form; by itself where the page does. What stands there anyhow answers none. */
  answers?: boolean;
  children?: ReactNode;
};

/**
 * Says what went wrong that no single field is to blame for, and what to do now. Where it answers a form,
 * the page opens with the focus on it, also without scripts: it is read first, and what follows it is next.
 */
export function Alert({ title, answers = answersRefused(), children }: AlertProps) {
  const titleId = freshId();
  const focus = answers ? { tabIndex: -1, autoFocus: true, "aria-labelledby": titleId } : {};
  return (
    <div
      role="alert"
      {...focus}
      className="rounded-lg border border-danger-line border-l-4 border-l-danger bg-danger-surface px-4 py-3"
    >
      <p id={titleId} className={children ? "font-semibold" : undefined}>
        {title}
      </p>
      {children ? <div className="mt-2 grid gap-2">{children}</div> : null}
    </div>
  );
}
