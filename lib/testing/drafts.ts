import type { Actor } from "@/lib/account/actor";
import { addDocument } from "@/lib/cases/request/add-document";
import { askNewAddress } from "@/lib/cases/request/ask-new-address";
import { confirmNewAddress } from "@/lib/cases/request/confirm-new-address";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import { saveStory } from "@/lib/cases/request/fill-draft";
import type { Applicant } from "@/lib/cases/request/find-applicant";
import { sendCase } from "@/lib/cases/request/send-case";
import { startDraft } from "@/lib/cases/request/start-draft";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { makeActor } from "@/lib/testing/actors";
import { pdf } from "@/lib/testing/documents";
import { clientAt, freshAddress, newBrowser } from "@/lib/testing/people";

export const story = "My employer closed the mailbox when I left the company.";

let next = 0;

/** A client on a network that no other test of the file uses. */
export const somewhere = () => clientAt(`10.9.${Math.floor(next / 250)}.${(next++ % 250) + 1}`);

/** What a signed-in customer has proven. */
export function applicantOf({ session }: Pick<Actor, "session">): Applicant {
  const { id: accountId, email, timeZone } = session.account;
  return { proof: "session", accountId, email, shown: email, timeZone };
}

/** Who has proven nothing. */
export const nobody = { proof: "nothing" } as const satisfies Applicant;

/** Begins a draft; returns its id. */
export async function startFor(
  applicant: Applicant,
  typed = "",
  client = somewhere(),
): Promise<string> {
  const started = await startDraft(applicant, typed, client, "en");
  if (started.kind !== "started") throw new Error(`The draft was ${started.kind}.`);
  return started.id;
}

/** Begins the draft of a customer of its own, who is signed in; returns its id. */
export const newDraft = async () => startFor(applicantOf(await makeActor()));

/** What the page of a draft shows. */
export async function draftOf(id: string) {
  const page = await readDraftPage(id);
  if (page.kind !== "draft") throw new Error(`The page is ${page.kind}.`);
  return page.draft;
}

/** A case as it is now. */
export const caseNow = (id: string) => db.recoveryCase.findUniqueOrThrow({ where: { id } });

/** Asks for the code of a new address. */
export const askAddress = (id: string | null, email: string, client = somewhere()) =>
  askNewAddress(id, email, { client, browserId: newBrowser() });

/** The code that was mailed for a draft last. */
export async function codeFor(id: string): Promise<string> {
  const challenge = await db.challenge.findFirstOrThrow({
    where: { caseId: id, OR: [{ endedBecause: null }, { endedBecause: { not: "superseded" } }] },
    orderBy: { createdAt: "desc" },
  });
  return codeOf(challenge) ?? "";
}

/** Gives a draft an address that is confirmed, what happened and, if asked, a document. */
export async function fillIn(id: string, email: string, documents = 1): Promise<void> {
  await askAddress(id, email);
  await confirmNewAddress(id, await codeFor(id), null);
  await saveStory(id, story);
  for (let document = 0; document < documents; document += 1) {
    const bytes = pdf(`Invoice ${document}`);
    await addDocument(id, { name: `invoice-${document}.pdf`, bytes }, somewhere());
  }
}

/** A case that was sent, with the token of its status page. */
export async function sentCase(
  applicant: Applicant,
  options: { typed?: string; email?: string; documents?: number } = {},
): Promise<{ id: string; token: string; email: string }> {
  const { typed = "", email = freshAddress(), documents = 1 } = options;
  const id = await startFor(applicant, typed);
  await fillIn(id, email, documents);
  const sent = await sendCase(id, somewhere());
  if (sent.kind !== "sent") throw new Error(`The case was ${sent.kind}.`);
  return { id, token: sent.token, email };
}

/** The mails to an address so far, oldest first. */
export const mailsTo = (recipient: string) =>
  db.mail.findMany({ where: { recipient }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });

/** The kinds of the mails to an address so far, in the order of the alphabet. */
export async function kindsTo(recipient: string): Promise<string[]> {
  return (await mailsTo(recipient)).map(({ kind }) => kind).sort();
}
