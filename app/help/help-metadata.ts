import type { Metadata } from "next";
import { env } from "@/lib/env/env";

type HelpPage = {
  /** Its address without what it was asked for, so that each page is known by one alone. */
  path: string;
  title: string;
  description: string;
};

/** What search engines read of a page of the help, which they may show; the layout bars all others. */
export function helpMetadata({ path, title, description }: HelpPage): Metadata {
  const canonical = new URL(path, env().appUrl).href;
  return { title, description, alternates: { canonical }, robots: { index: true } };
}
