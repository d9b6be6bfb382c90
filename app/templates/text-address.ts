import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";

/** What the address of a page about one text brings. */
export type TextAddress = {
  params: Promise<{ kind: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The pages about one text. */
export type TextView = "visual" | "plain" | "versions" | "proof";

const viewOf: Record<TextView, string> = {
  visual: "",
  plain: "/plain",
  versions: "/versions",
  proof: "/proof",
};

/** The path of a page about a text; without a language it is that of its reader. */
export const viewPath = (subject: string, view: TextView, language: string | null): string => {
  const query = language === null ? "" : `?${new URLSearchParams({ language })}`;
  return `/templates/${encodeURIComponent(subject)}${viewOf[view]}${query}`;
};

/** Where a text is, as a path with its language. */
export const textPath = ({ subject, language }: TextKey, view: TextView): string =>
  viewPath(subject, view, language);

/** Where a text is shown as a mail alone, for a frame. */
export const framePath = (
  { subject, language }: TextKey,
  shown: { show?: string; person?: string; revision?: string; proof?: string; at?: string },
): string =>
  `/templates/${encodeURIComponent(subject)}/mail-frame?${new URLSearchParams({ language, ...shown })}`;

/** The page that shows all texts of the kind that one is of. */
export const listPath = ({ subject }: TextKey): string =>
  blockNameOf(subject) === null ? "/templates" : "/templates/blocks";
