import type { ReactNode } from "react";

/** Short things to do or to know, in no order. */
export function Bullets({ items }: { items: readonly ReactNode[] }) {
  return (
    <ul className="grid list-disc gap-1.5 pl-5 marker:text-quiet">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items never change their order
        <li key={index}>{item}</li>
      ))}
    </ul>
  );
}
