import type { ReactNode } from "react";

type AlertProps = {
  title: ReactNode;
  children?: ReactNode;
};

/** Says what went wrong that no single field is to blame for, and what to do now. */
export function Alert({ title, children }: AlertProps) {
  return (
    <div
      role="alert"
      className="rounded-lg border border-danger-line border-l-4 border-l-danger bg-danger-surface px-4 py-3"
    >
      <p className={children ? "font-semibold" : undefined}>{title}</p>
      {children ? <div className="mt-2 grid gap-2">{children}</div> : null}
    </div>
  );
}
