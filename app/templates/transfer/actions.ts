"use server";

import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { studioRoles } from "@/app/templates/studio-staff";
import { type ImportDoes, plannedDone, summarise } from "@/app/templates/transfer/import-summary";
import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { importTexts, readImport } from "@/lib/templates/transfer/import-texts";
import type { FileFault } from "@/lib/templates/transfer/text-file";

const PATH = "/templates/transfer";
const refused = { form: "import-texts" } as const;

const errorOf = {
  "too-large": "fileTooLarge",
  "not-json": "fileNotJson",
  "too-deep": "fileInvalid",
  "other-format": "fileInvalid",
  "newer-format": "fileNewer",
  empty: "fileEmpty",
  "too-many": "fileTooLarge",
} as const satisfies Record<FileFault, string>;

const refuseFile = (fault: FileFault | "missing") =>
  refuse(PATH, {
    ...refused,
    errors: { file: fault === "missing" ? "fileMissing" : errorOf[fault] },
  });

const refuseOther = () => refuse(PATH, { ...refused, errors: { file: "fileOutdated" } });

/** Makes drafts of a file, or says what that would do, by what was pressed. */
export async function importAction(form: FormData): Promise<void> {
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, studioRoles));
  const sent = form.get("file");
  if (!(sent instanceof File) || sent.size === 0) return refuseFile("missing");
  const file = new Uint8Array(await sent.arrayBuffer());
  const replaces = oneValue(form, "replace") === "on";
  if (oneValue(form, "pressed") === "look") return look(staff, file, replaces);
  // Nobody has to look; whoever did gets what they were shown, or nothing.
  const digest = oneValue(form, "digest") ?? "";
  return importFile(staff, { file, digest, replacesDrafts: replaces });
}

async function look(staff: StaffMember, file: Uint8Array, replaces: boolean): Promise<void> {
  const reading = await orUnavailable(PATH, () => readImport(staff, file, replaces));
  if (reading.kind === "refused") return refuseFile(reading.because);
  const { digest, plans } = reading;
  const planned = plans.map((plan) => plannedDone(plan, replaces));
  const shown = { summary: summarise(planned), digest, ...(replaces ? { replaces: "on" } : {}) };
  return answerDone(PATH, "import-looked-at", shown);
}

async function importFile(
  staff: StaffMember,
  typed: Parameters<typeof importTexts>[1],
): Promise<void> {
  const outcome = await orUnavailable(PATH, () => importTexts(staff, typed));
  switch (outcome.kind) {
    case "imported": {
      const { drafts, kept, unchanged, refused: out } = outcome;
      const all = (does: ImportDoes, keys: TextKey[]) => keys.map((key) => ({ does, key }));
      const summary = summarise([
        ...all("new-draft", drafts),
        ...all("kept", kept),
        ...all("unchanged", unchanged),
        ...out.map((plan) => plannedDone(plan, false)),
      ]);
      return answerDone(PATH, "texts-imported", { summary });
    }
    case "refused":
      return refuseFile(outcome.because);
    case "outdated":
      return refuseOther();
    case "signed-out":
      return askToSignIn(PATH);
  }
}
