"use client";

import { useEffect } from "react";

/**
 * Opens the form that the address's fragment leads to, and puts the cursor into its first field. Without
 * scripts the browser goes to the button that opens it.
 *
 * @param names the fragments that do, by how they begin: others lead to a field or a heading
 */
export function OpenByFragment({ names }: { names: readonly string[] }) {
  useEffect(() => {
    const open = () => {
      const name = location.hash.slice(1);
      if (!names.some((one) => name.startsWith(one))) return;
      const named = document.getElementById(name);
      const details =
        named?.closest("details") ??
        named?.querySelector("details") ??
        document.querySelector<HTMLDetailsElement>(`details[id^="${CSS.escape(name)}-"]`);
      if (!details) return;
      for (let around = details.parentElement; around; around = around.parentElement) {
        if (around instanceof HTMLDetailsElement) around.open = true;
      }
      details.open = true;
      details.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
    };
    open();
    addEventListener("hashchange", open);
    return () => removeEventListener("hashchange", open);
  }, [names]);
  return null;
}
