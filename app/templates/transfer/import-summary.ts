import { z } from "zod";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { ImportPlan } from "@/lib/templates/transfer/import-texts";

/** What an import does with texts, as a page says it. */
export const importDoes = ["new-draft", "replaces-draft", "kept", "unchanged", "refused"] as const;
export type ImportDoes = (typeof importDoes)[number];

// The notice's cookie holds it: of each group the first ones.
const SHOWN = 6;

const groupsSchema = z.array(
  z.object({
    does: z.enum(importDoes),
    texts: z.array(z.object({ subject: z.string(), language: z.string() })),
    more: z.number().int().min(0),
  }),
);
const summarySchema = z.object({ made: z.number().int().min(0), groups: groupsSchema });

export type ImportSummary = z.infer<typeof summarySchema>;

/** Texts by what is done with them; the first of each by name, of the others how many. */
export function summarise(done: { does: ImportDoes; key: TextKey | null }[]): ImportSummary {
  const groups = importDoes.flatMap((does) => {
    const all = done.filter((one) => one.does === does);
    if (all.length === 0) return [];
    const texts = all.flatMap(({ key }) => (key === null ? [] : [key])).slice(0, SHOWN);
    return [{ does, texts, more: all.length - texts.length }];
  });
  const isMade = ({ does }: { does: ImportDoes }) =>
    does === "new-draft" || does === "replaces-draft";
  return { made: done.filter(isMade).length, groups };
}

/** What an import would do, where drafts of others are replaced or not. */
export const plannedDoes = ({ does }: ImportPlan, replaces: boolean): ImportDoes =>
  does === "replaces-draft" && !replaces ? "kept" : does;

/** A summary out of a notice; nothing where there is none. */
export function readSummary(value: string | undefined): ImportSummary {
  const nothing = { made: 0, groups: [] };
  try {
    const read = summarySchema.safeParse(JSON.parse(value ?? "null"));
    return read.success ? read.data : nothing;
  } catch {
    return nothing;
  }
}
