import type { Metadata } from "next";
import type { ReactNode } from "react";

/** What Next hands a page; of one without parameters that was asked for without a query. */
export type StraightProps = {
  params: Promise<Record<string, never>>;
  searchParams: Promise<Record<string, never>>;
};

/** A page that is made of its request, its settings and the database, and of nothing that Next alone knows. */
export type StraightPage = {
  Page: (props: StraightProps) => Promise<ReactNode>;
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

/** Enters a page whose path has no parameters, so that the gate may make it without Next. */
export function enterPage(path: string, page: StraightPage): void {
  straightPages().pages.set(path, page);
}

/** Enters what stands around every page. */
export function enterLayout(layout: Layout): void {
  straightPages().layout = layout;
}
