import type { ReactNode } from "react";
import { TextLink } from "@/components/text-link";

type PaneProps = {
  id: string;
  /** What it holds; read out where it gets the focus. */
  name: string;
  children: ReactNode;
};

/** One of two things that stand side by side: no higher than the window, so that both stay in view. */
export function Pane({ id, name, children }: PaneProps) {
  return (
    <section
      id={id}
      aria-label={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className="grid grid-cols-1 content-start gap-7 lg:max-h-[calc(100vh-3rem)] lg:overflow-y-auto lg:rounded-lg lg:border lg:border-line lg:p-4"
    >
      {children}
    </section>
  );
}

/** Leads to the other pane where the two stand one below the other. */
export function JumpLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="lg:hidden">
      <TextLink href={href}>{children}</TextLink>
    </p>
  );
}
