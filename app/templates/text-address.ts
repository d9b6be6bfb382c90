import { notFound } from "next/navigation";
import { getLocale } from "@/lib/i18n/translations";
import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";
import { readTextKey } from "@/lib/templates/text-key-of";

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

/** Where a text is, as a path with its language. */
export const textPath = ({ subject, language }: TextKey, view: TextView): string =>
  `/templates/${encodeURIComponent(subject)}${viewOf[view]}?language=${language}`;

/** Where a text is shown as a mail alone, for a frame. */
export const framePath = (
  { subject, language }: TextKey,
  shown: { show?: string; person?: string; revision?: string },
): string =>
  `/templates/${encodeURIComponent(subject)}/mail-frame?${new URLSearchParams({ language, ...shown })}`;

/** The page that shows all texts of the kind that one is of. */
export const listPath = ({ subject }: TextKey): string =>
  blockNameOf(subject) === null ? "/templates" : "/templates/blocks";

/**
 * Which text a page is about; without a language, that of its reader.
 *
 * @throws Next's 404 where there can be none
 */
export async function readTextAddress({ params, searchParams }: TextAddress): Promise<TextKey> {
  const { kind } = await params;
  const { language } = await searchParams;
  const typed = typeof language === "string" ? language : await getLocale();
  const key = readTextKey(decodeURIComponent(kind), typed);
  return key ?? notFound();
}
