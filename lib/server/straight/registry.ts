import type { Metadata } from "next";
import type { ReactNode } from "react";

/** A page that is the same function of its request each time, and of nothing that Next alone knows. */
export type StraightPage = {
  Page: () => Promise<ReactNode>;
  generateMetadata: () => Promise<Metadata>;
};

type Layout = (props: { children: ReactNode }) => Promise<ReactNode>;

type Registry = {
  /** By path. */
  pages: Map<string, StraightPage>;
  layout?: Layout;
};

// Next's bundle enters what the server's own modules read.
const key = Symbol.for("portaria.straight-pages");

/** The pages that the app has entered so far: each as it is first loaded. */
export function straightPages(): Registry {
  const holder = globalThis as { [key]?: Registry };
  holder[key] ??= { pages: new Map() };
  return holder[key];
}

/** Enters a page at a path that stands for no others, so that the gate may make it without Next. */
export function enterPage(path: string, page: StraightPage): void {
  straightPages().pages.set(path, page);
}

/** Enters what stands around every page. */
export function enterLayout(layout: Layout): void {
  straightPages().layout = layout;
}
