import { z } from "zod";
import type { TextKey } from "@/lib/mail-document/text-key";
import { readTextName, textName } from "@/lib/templates/text-key-of";
import type { ImportPlan } from "@/lib/templates/transfer/import-texts";

/** What an import does with texts, as a page says it. */
export const importDoes = [
  ...(["new-draft", "replaces-draft", "kept", "unchanged"] as const),
  ...(["picture-missing", "too-many-blocks", "refused"] as const),
] as const;
export type ImportDoes = (typeof importDoes)[number];

// The notice's cookie holds it: of each group the first ones, as many as there is room for.
const SHOWN = [6, 4, 2, 1, 0];
const CHARACTERS_MOST = 1200;

const summarySchema = z.object({
  made: z.number().int().min(0),
  groups: z.array(
    z.object({
      does: z.enum(importDoes),
      texts: z.array(z.string()),
      more: z.number().int().min(0),
      /** Names of pictures that are not here, the first ones. */
      pictures: z.array(z.string()).optional(),
    }),
  ),
});

/** Texts by what is done with them; the first of each by name, of the others how many. */
export type ImportSummary = {
  made: number;
  groups: { does: ImportDoes; texts: TextKey[]; more: number; pictures?: string[] }[];
};

/** A text that something is done with; `pictures`: those for want of which it is left out. */
export type Done = { does: ImportDoes; key: TextKey | null; pictures?: string[] };

/** What was done with texts, or would be, as a notice carries it. */
export function summarise(done: Done[]): string {
  const summaries = SHOWN.map((shown) => JSON.stringify(summaryOf(done, shown)));
  return summaries.find(({ length }) => length <= CHARACTERS_MOST) ?? summaries.at(-1) ?? "";
}

function summaryOf(done: Done[], shown: number): z.infer<typeof summarySchema> {
  const groups = importDoes.flatMap((does) => {
    const all = done.filter((one) => one.does === does);
    if (all.length === 0) return [];
    const named = all.flatMap(({ key }) => (key === null ? [] : [textName(key)]));
    const texts = named.slice(0, shown);
    const pictures = [...new Set(all.flatMap((one) => one.pictures ?? []))].slice(0, shown);
    const missing = pictures.length === 0 ? {} : { pictures };
    return [{ does, texts, more: all.length - texts.length, ...missing }];
  });
  const isMade = ({ does }: Done) => does === "new-draft" || does === "replaces-draft";
  return { made: done.filter(isMade).length, groups };
}

/** What an import would do with a text, where drafts that are there are replaced or not. */
export function plannedDone(plan: ImportPlan, replaces: boolean): Done {
  const { key, does } = plan;
  if (does === "replaces-draft" && !replaces) return { key, does: "kept" };
  if (does !== "refused") return { key, does };
  if (plan.because === "picture-missing") {
    return { key, does: plan.because, pictures: plan.pictures };
  }
  return { key, does: plan.because === "too-many-blocks" ? plan.because : does };
}

/** A summary out of a notice; nothing where there is none. */
export function readSummary(value: string | undefined): ImportSummary {
  const nothing = { made: 0, groups: [] };
  try {
    const read = summarySchema.safeParse(JSON.parse(value ?? "null"));
    if (!read.success) return nothing;
    const { made, groups } = read.data;
    const keysOf = (texts: string[]) => texts.map(readTextName).filter((key) => key !== null);
    return { made, groups: groups.map((group) => ({ ...group, texts: keysOf(group.texts) })) };
  } catch {
    return nothing;
  }
}
