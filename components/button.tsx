import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from "react";

type Kind = "primary" | "secondary" | "inline" | "quiet";

const shape =
  "inline-flex min-h-12 cursor-pointer items-center justify-center rounded-lg px-5 py-2 text-center font-semibold disabled:cursor-not-allowed disabled:bg-sunken disabled:text-quiet";

const kinds: Record<Kind, string> = {
  // Clear, and so only seen where the reader's own colours take the ground away.
  primary: "w-full border border-transparent bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "w-full border border-control bg-card text-text hover:bg-sunken",
  inline: "min-h-11 border border-control bg-card px-4 py-1.5 text-text hover:bg-sunken",
  quiet: "text-link min-h-11 px-0! font-normal!",
};

const classOf = (kind: Kind) => `${shape} ${kinds[kind]}`;

/** Sends a form. "primary" at most once a form; "inline" stands in a row, "quiet" looks like a link. */
export function Button({
  kind = "primary",
  type = "submit",
  ...button
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> & { kind?: Kind }) {
  return <button {...button} type={type} className={classOf(kind)} />;
}

/** A link that is the next step, and looks like a button. */
export function ButtonLink({
  kind = "primary",
  children,
  ...link
}: Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "className"> & { kind?: Kind; href: string }) {
  return (
    <a {...link} className={classOf(kind)}>
      {children}
    </a>
  );
}
