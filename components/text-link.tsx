import type { AnchorHTMLAttributes } from "react";

/** A link in running text. A plain one: pages of the door load without a router. */
export function TextLink({
  children,
  ...link
}: Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "className"> & { href: string }) {
  return (
    <a {...link} className="text-link">
      {children}
    </a>
  );
}
