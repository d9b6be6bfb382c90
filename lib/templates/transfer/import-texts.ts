import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Database, database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { findBlockSubjects } from "@/lib/templates/block-store";
import { findDraft, storeDraft } from "@/lib/templates/draft-store";
import { BLOCKS_MOST } from "@/lib/templates/rules/limits";
import { findNewest } from "@/lib/templates/store";
import { contentOf, typedOf, typedOfStored } from "@/lib/templates/text-content";
import { textName } from "@/lib/templates/text-key-of";
import {
  type FilePicture,
  findHere,
  missingIn,
  type PicturesHere,
  withPicturesHere,
} from "@/lib/templates/transfer/pictures";
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
  | { does: "refused"; because: ImportFault }
  /** The file names pictures that are not here: by their names, to be uploaded first. */
  | { does: "refused"; because: "picture-missing"; pictures: string[] }
);

/** Why a text of a file is left out. */
export type ImportFault =
  | "unknown-text"
  | "named-twice"
  | "too-long"
  | "not-a-text"
  /** It is of a block that is not here, and there is room for no more. */
  | "too-many-blocks";

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
      refused: ImportPlan[];
    }
  | { kind: "refused"; because: FileFault }
  /** It would do something else than was shown. */
  | { kind: "outdated" }
  | { kind: "signed-out" };

/**
 * What an import of a file would do; it changes nothing.
 *
 * @param replacesDrafts as `importTexts` takes it: a part of what is shown, and so of its digest
 */
export async function readImport(
  _staff: StaffMember,
  file: Uint8Array,
  replacesDrafts = false,
): Promise<ImportReading> {
  const read = readFile(file);
  if ("fault" in read) return { kind: "refused", because: read.fault };
  const planned = await planAll(database, read);
  return {
    kind: "readable",
    digest: digestFor(file, planned, replacesDrafts),
    plans: planned.map(({ plan }) => plan),
  };
}

type Planned = { plan: ImportPlan; text: TypedText | null; revision: string; base: bigint };

type Read = { texts: FileText[]; pictures: FilePicture[] };

async function planAll(database: Database, { texts, pictures }: Read): Promise<Planned[]> {
  const planned: Planned[] = [];
  const names = new Set<string>();
  const blocks = await findBlockSubjects(database);
  const here = await findHere(database, pictures);
  for (const text of texts) {
    const one = await planOne(database, text, { names, blocks, here });
    planned.push(one);
    if (text.key === null) continue;
    names.add(textName(text.key));
    const isMade = one.plan.does === "new-draft" && blockNameOf(text.key.subject) !== null;
    if (isMade) blocks.add(text.key.subject);
  }
  return planned;
}

// What was planned of the texts before it, and the blocks that there will be then.
type Before = { names: ReadonlySet<string>; blocks: ReadonlySet<string>; here: PicturesHere };

async function planOne(
  database: Database,
  { name, key, text }: FileText,
  { names, blocks, here }: Before,
): Promise<Planned> {
  const leftOut = (plan: ImportPlan): Planned => ({ plan, text: null, revision: "", base: 0n });
  const refused = (because: ImportFault) => leftOut({ key, name, does: "refused", because });
  if (text === null) return refused("not-a-text");
  if (key === null) return refused("unknown-text");
  if (names.has(textName(key))) return refused("named-twice");
  const sent = readTyped({ ...text, note: "" });
  if (sent.faults.length > 0) return refused("too-long");
  const content = contentOf(key, sent.typed);
  if (content === null) return refused("not-a-text");
  const pictures = missingIn(content, here);
  if (pictures.length > 0) {
    return leftOut({ key, name, does: "refused", because: "picture-missing", pictures });
  }
  const mapped = withPicturesHere(content, here);
  const { typed, faults } = mapped === null ? sent : readTyped({ ...typedOf(mapped), note: "" });
  if (faults.length > 0) return refused("too-long");
  const isNewBlock = blockNameOf(key.subject) !== null && !blocks.has(key.subject);
  if (isNewBlock && blocks.size >= BLOCKS_MOST) return refused("too-many-blocks");
  const draft = await findDraft(database, key);
  const newest = await findNewest(database, key);
  const there = draft ?? typedOfStored(key, newest?.document ?? null);
  const rest = { text: typed, revision: draft?.revision ?? "", base: newest?.id ?? 0n };
  if (isSameText(there, typed)) return { plan: { key, name, does: "unchanged" }, ...rest };
  if (draft === null) return { plan: { key, name, does: "new-draft" }, ...rest };
  const { savedBy: of, savedAt } = draft;
  return { plan: { key, name, does: "replaces-draft", of, savedAt }, ...rest };
}

function digestFor(file: Uint8Array, planned: Planned[], replacesDrafts: boolean): string {
  const parts = planned.map(({ plan: { does }, revision, base }) => {
    const isKept = does === "replaces-draft" && !replacesDrafts;
    return [isKept ? "kept" : does, revision, `${base}`];
  });
  return digestOf(file, JSON.stringify(parts));
}

/**
 * Makes drafts of a file, and touches nothing live. Whoever imports is an author of what they import.
 *
 * @param typed.digest of `readImport`: of the file and of what it would do; empty of whoever did not look
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
    const planned = await planAll(tx, read);
    const isSeen = digest === "" || digest === digestFor(file, planned, replacesDrafts);
    if (!isSeen) return { kind: "outdated" };
    const done = { drafts: [], kept: [], unchanged: [], refused: [] } as Sorted;
    const { accountId } = staff.session;
    for (const { plan, text, base } of planned) {
      const { key, does } = plan;
      if (key === null || text === null || does === "refused") done.refused.push(plan);
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

type Sorted = { drafts: TextKey[]; kept: TextKey[]; unchanged: TextKey[]; refused: ImportPlan[] };
