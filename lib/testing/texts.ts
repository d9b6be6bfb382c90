import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import type { TextKey } from "@/lib/mail-document/text-key";
import { askToPublish } from "@/lib/templates/ask-to-publish";
import { publish } from "@/lib/templates/publish";
import { readText } from "@/lib/templates/read-text";
import { saveDraft } from "@/lib/templates/save-draft";
import type { TypedDraft, TypedText } from "@/lib/templates/typed-text";
import { makeStaff } from "@/lib/testing/staff";

/** A code's mail, which has to name its code, its end and where it came from. */
export const codeText: TextKey = { subject: "sign-in-code", language: "fr" };

/** A mail that has to name nothing but where it came from. */
export const placeText: TextKey = { subject: "place-trusted", language: "fr" };

/** What may be published of a code's mail, with words of one's own. */
export const codeWords = (words: string): TypedText => ({
  subjectLine: `${words} {{code}}`,
  previewLine: words,
  text: `# ${words}\n\n{{code}}\n\nJusqu’à {{until}}.\n\n{{facts}}`,
});

/** What may be published of a mail about a place, with words of one's own. */
export const placeWords = (words: string): TypedText => ({
  subjectLine: words,
  previewLine: words,
  text: `# ${words}\n\n{{facts}}`,
});

/** What a form sends that was opened just now. */
export async function formOf(
  staff: StaffMember,
  key: TextKey,
  typed: TypedText & { note?: string },
): Promise<TypedDraft> {
  const page = await readText(staff, key);
  return { note: "", ...typed, seen: page?.revision ?? "", base: page?.base ?? "0" };
}

/** Saves what somebody types just now; its revision. */
export async function save(
  staff: StaffMember,
  key: TextKey,
  typed: TypedText & { note?: string },
): Promise<string> {
  const saved = await saveDraft(staff, key, await formOf(staff, key, typed));
  if (saved.kind !== "saved") throw new Error(`The draft was ${saved.kind}.`);
  return saved.revision;
}

/** Asks for the publication of what somebody types just now; its revision. */
export async function ask(
  staff: StaffMember,
  key: TextKey,
  typed: TypedText & { note?: string },
): Promise<string> {
  const asked = await askToPublish(staff, key, await formOf(staff, key, typed));
  if (asked.kind !== "asked") throw new Error(`The draft was ${JSON.stringify(asked)}.`);
  return asked.revision;
}

/** Has one person write a text and another publish it; its version's number. */
export async function publishWords(
  key: TextKey,
  typed: TypedText & { note?: string },
  by: { author?: StaffMember; publisher?: StaffMember } = {},
): Promise<number> {
  const author = by.author ?? (await makeStaff("marketing"));
  const publisher = by.publisher ?? (await makeStaff("support"));
  const seen = await ask(author, key, typed);
  const published = await publish(publisher, key, { seen });
  if (published.kind !== "published") throw new Error(JSON.stringify(published));
  return published.version;
}

/** The versions of a text so far, the oldest first. */
export const versionsOf = ({ subject, language }: TextKey) =>
  db.templateVersion.findMany({
    where: { subject, language },
    include: { parts: true },
    orderBy: { id: "asc" },
  });

/** The draft of a text as it is stored. */
export const draftOf = ({ subject, language }: TextKey) =>
  db.templateDraft.findUnique({
    where: { subject_language: { subject, language } },
    include: { authors: true },
  });

/** Takes all texts away, as only whoever owns the tables can. */
export async function forgetTexts(): Promise<void> {
  await db.$executeRawUnsafe("ALTER TABLE template_version DISABLE TRIGGER USER");
  for (const table of [
    ...["template_part", "template_version", "template_draft_author", "template_draft"],
    ...["template_look", "template_fallback", "mail_image", "mail_tally", "setting"],
  ]) {
    await db.$executeRawUnsafe(`DELETE FROM "${table}"`);
  }
  await db.$executeRawUnsafe("ALTER TABLE template_version ENABLE TRIGGER USER");
}
