import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Database, database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import type { TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { findDraft, storeDraft } from "@/lib/templates/draft-store";
import { findNewest } from "@/lib/templates/store";
import { contentOf, typedOfStored } from "@/lib/templates/text-content";
import { textName } from "@/lib/templates/text-key-of";
import {
  digestOf,
  type FileFault,
  type FileText,
  readFile,
} from "@/lib/templates/transfer/text-file";
import { isSameText, readTyped, type TypedText } from "@/lib/templates/typed-text";

/** What an import would do with one text. */
export type ImportPlan = {
  /** null: the file names none that there can be. */
  key: TextKey | null;
  /** As the file names it. */
  name: string;
} & (
  | { does: "new-draft" | "unchanged" }
  /** Only where it is stated that drafts are replaced. `of`: null, their account is gone. */
  | { does: "replaces-draft"; of: string | null; savedAt: Date }
  | { does: "refused"; because: "unknown-text" | "named-twice" | "too-long" | "not-a-text" }
);

/** What a file is. */
export type ImportReading =
  | { kind: "readable"; digest: string; plans: ImportPlan[] }
  | { kind: "refused"; because: FileFault };

/** What becomes of an import. */
export type ImportOutcome =
  /** `kept`: drafts that were there, and were not to be replaced. */
  | {
      kind: "imported";
      drafts: TextKey[];
      kept: TextKey[];
      unchanged: TextKey[];
      refused: string[];
    }
  | { kind: "refused"; because: FileFault }
  /** It would do something else than was shown. */
  | { kind: "outdated" }
  | { kind: "signed-out" };

/** What an import of a file would do; it changes nothing. */
export async function readImport(_staff: StaffMember, file: Uint8Array): Promise<ImportReading> {
  const read = readFile(file);
  if ("fault" in read) return { kind: "refused", because: read.fault };
  const planned = await planAll(database, read.texts);
  return {
    kind: "readable",
    digest: digestFor(file, planned),
    plans: planned.map(({ plan }) => plan),
  };
}

type Planned = { plan: ImportPlan; text: TypedText | null; revision: string; base: bigint };

async function planAll(database: Database, texts: FileText[]): Promise<Planned[]> {
  const planned: Planned[] = [];
  const names = new Set<string>();
  for (const text of texts) {
    planned.push(await planOne(database, text, names));
    if (text.key !== null) names.add(textName(text.key));
  }
  return planned;
}

async function planOne(
  database: Database,
  { name, key, text }: FileText,
  names: ReadonlySet<string>,
): Promise<Planned> {
  const refused = (
    because: "unknown-text" | "named-twice" | "too-long" | "not-a-text",
  ): Planned => ({
    plan: { key, name, does: "refused", because },
    ...{ text: null, revision: "", base: 0n },
  });
  if (text === null) return refused("not-a-text");
  if (key === null) return refused("unknown-text");
  if (names.has(textName(key))) return refused("named-twice");
  const { typed, faults } = readTyped({ ...text, note: "" });
  if (faults.length > 0) return refused("too-long");
  if (contentOf(key, typed) === null) return refused("not-a-text");
  const draft = await findDraft(database, key);
  const newest = await findNewest(database, key);
  const there = draft ?? typedOfStored(key, newest?.document ?? null);
  const rest = { text: typed, revision: draft?.revision ?? "", base: newest?.id ?? 0n };
  if (isSameText(there, typed)) return { plan: { key, name, does: "unchanged" }, ...rest };
  if (draft === null) return { plan: { key, name, does: "new-draft" }, ...rest };
  const { savedBy: of, savedAt } = draft;
  return { plan: { key, name, does: "replaces-draft", of, savedAt }, ...rest };
}

const digestFor = (file: Uint8Array, planned: Planned[]): string =>
  digestOf(
    file,
    JSON.stringify(planned.map(({ plan, revision, base }) => [plan.does, revision, `${base}`])),
  );

/**
 * Makes drafts of a file, and touches nothing live. Whoever imports is an author of what they import.
 *
 * @param typed.digest of `readImport`: of the file and of what it would do
 * @param typed.replacesDrafts whether drafts that are there are replaced; else they are kept
 */
export async function importTexts(
  staff: StaffMember,
  typed: { file: Uint8Array; digest: string; replacesDrafts: boolean },
): Promise<ImportOutcome> {
  const { file, digest, replacesDrafts } = typed;
  const read = readFile(file);
  if ("fault" in read) return { kind: "refused", because: read.fault };
  const outcome = await asEditor(staff, async (tx, now): Promise<ImportOutcome> => {
    const planned = await planAll(tx, read.texts);
    if (digestFor(file, planned) !== digest) return { kind: "outdated" };
    const done = { drafts: [], kept: [], unchanged: [], refused: [] } as Sorted;
    const { accountId } = staff.session;
    for (const { plan, text, base } of planned) {
      const { key, name, does } = plan;
      if (key === null || text === null || does === "refused") done.refused.push(name);
      else if (does === "unchanged") done.unchanged.push(key);
      else if (does === "replaces-draft" && !replacesDrafts) done.kept.push(key);
      else {
        await storeDraft(tx, key, { ...text, note: "", base, accountId, now });
        done.drafts.push(key);
      }
    }
    await recordAudit(tx, staff, {
      action: "templates-imported",
      details: { drafts: done.drafts.map(textName).join(" "), replaced: replacesDrafts },
      now,
    });
    return { kind: "imported", ...done };
  });
  log.info({ outcome: outcome.kind }, "texts imported");
  return outcome;
}

type Sorted = { drafts: TextKey[]; kept: TextKey[]; unchanged: TextKey[]; refused: string[] };
