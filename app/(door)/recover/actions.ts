"use server";

import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { statusPath } from "@/app/(door)/recover/status-path";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { askNewAddress } from "@/lib/cases/request/ask-new-address";
import { confirmNewAddress, resendNewAddressCode } from "@/lib/cases/request/confirm-new-address";
import {
  clearDraftCookie,
  readDraftCookie,
  setDraftCookie,
} from "@/lib/cases/request/draft-cookie";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import { discardDraft, removeDocument, saveStory } from "@/lib/cases/request/fill-draft";
import { type Applicant, findApplicant } from "@/lib/cases/request/find-applicant";
import { sendCase } from "@/lib/cases/request/send-case";
import { startDraft } from "@/lib/cases/request/start-draft";
import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { clientOf } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { pageLocale } from "@/lib/i18n/page-locale";
import { currentSession } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";

const PATH = "/recover";

const clientNow = async () => clientOf(await headers());
const noDraft = () => refuse(PATH, { form: "recover-start", reason: "noDraft" });

async function applicantOf(forOther: boolean): Promise<Applicant> {
  if (forOther) return { proof: "nothing" };
  return findApplicant(await currentSession(), await readPendingCookie());
}

/** Begins a draft, unless this browser has one already. */
export async function startAction(form: FormData): Promise<void> {
  const client = await clientNow();
  const forOther = oneValue(form, "for") === "other";
  const path = forOther ? `${PATH}?for=other` : PATH;
  const typed = oneValue(form, "email") ?? "";
  const locale = await pageLocale();
  const present = await readDraftCookie();
  const outcome = await orUnavailable(path, async () => {
    if ((await readDraftPage(present)).kind === "draft") return { kind: "present" } as const;
    const browserId = await rememberBrowser();
    return startDraft(await applicantOf(forOther), typed, client, locale, browserId);
  });
  const refused = { form: "recover-start" } as const;
  switch (outcome.kind) {
    case "present":
      return redirect(PATH);
    case "started":
      await setDraftCookie(outcome.id);
      return answerDone(PATH, "recover-started", { until: outcome.expiresAt.toISOString() });
    case "invalid":
      return refuse(path, { ...refused, errors: { email: outcome.error } });
    case "too-many":
      return refuse(path, { ...refused, reason: "tooManyDrafts", until: outcome.until });
  }
}

/** Mails a code to the address the draft asks for. */
export async function askAddressAction(form: FormData): Promise<void> {
  const asking = { client: await clientNow(), browserId: await rememberBrowser() };
  const [id, email] = [await readDraftCookie(), oneValue(form, "email") ?? ""];
  const outcome = await orUnavailable(PATH, () => askNewAddress(id, email, asking));
  const refused = { form: "recover-address" } as const;
  switch (outcome.kind) {
    case "code-sent":
      return answerDone(PATH, "recover-code-sent", { address: outcome.email });
    case "confirmed-already":
      return answerDone(PATH, "recover-address-confirmed", { address: outcome.email });
    case "invalid":
      return refuse(PATH, { ...refused, errors: { email: outcome.error } });
    case "too-often":
      return refuse(PATH, { ...refused, reason: "tooManyCodes", until: outcome.until });
    case "blocked": {
      const { until, reference } = outcome;
      return refuse(PATH, { ...refused, reason: "blocked", until, reference });
    }
    case "no-draft":
      return noDraft();
  }
}

/** Judges the code for the new address. */
export async function confirmAddressAction(form: FormData): Promise<void> {
  const [id, typed] = [await readDraftCookie(), oneValue(form, "code") ?? ""];
  const shown = oneValue(form, "challenge");
  const outcome = await orUnavailable(PATH, () => confirmNewAddress(id, typed, shown));
  const refused = { form: "recover-code" } as const;
  switch (outcome.kind) {
    case "confirmed":
      return answerDone(PATH, "recover-address-confirmed", { address: outcome.email });
    case "not-a-code": {
      const code = typed.trim() === "" ? "codeMissing" : "codeNotSixDigits";
      return refuse(PATH, { ...refused, errors: { code } });
    }
    case "wrong": {
      const values = { left: String(outcome.attemptsLeft) };
      return refuse(PATH, { ...refused, values, errors: { code: "codeWrong" } });
    }
    case "over":
      return refuse(PATH, { ...refused, reason: "codeOver" });
    case "newer-address":
      return refuse(PATH, { ...refused, reason: "newerAddress" });
    case "no-draft":
      return noDraft();
  }
}

/** Mails the same code again. */
export async function resendCodeAction(): Promise<void> {
  const id = await readDraftCookie();
  const outcome = await orUnavailable(PATH, () => resendNewAddressCode(id));
  const refused = { form: "recover-code" } as const;
  switch (outcome.kind) {
    case "sent":
      return answerDone(PATH, "recover-code-sent-again", { address: outcome.email });
    case "too-early":
      return refuse(PATH, { ...refused, reason: "tooEarly", until: outcome.from });
    case "too-often":
      return refuse(PATH, { ...refused, reason: "tooOften", until: outcome.from });
    case "over":
      return refuse(PATH, { ...refused, reason: "codeOver" });
    case "no-draft":
      return noDraft();
  }
}

const storyErrors = {
  missing: "storyMissing",
  "too-short": "storyTooShort",
  "too-long": "storyTooLong",
} as const;

/** Saves what happened, as it was typed so far. */
export async function saveStoryAction(form: FormData): Promise<void> {
  const [id, typed] = [await readDraftCookie(), oneValue(form, "story") ?? ""];
  const outcome = await orUnavailable(PATH, () => saveStory(id, typed));
  switch (outcome.kind) {
    case "saved":
      return answerDone(PATH, "recover-story-saved");
    case "saved-but": {
      const story = storyErrors[outcome.fault];
      return refuse(PATH, { form: "recover-story", errors: { story } });
    }
    case "no-draft":
      return noDraft();
  }
}

/** Removes a document from the draft. */
export async function removeDocumentAction(form: FormData): Promise<void> {
  const [id, documentId] = [await readDraftCookie(), oneValue(form, "id") ?? ""];
  const outcome = await orUnavailable(PATH, () => removeDocument(id, documentId));
  switch (outcome.kind) {
    case "removed":
    case "not-there":
      return answerDone(PATH, "recover-document-removed");
    case "unknown":
      return notFound();
    case "no-draft":
      return noDraft();
  }
}

const missingErrors = {
  "new-email": { address: "missingAddress" },
  story: { story: "missingStory" },
  documents: { document: "missingDocuments" },
} as const;

/** Sends the draft to staff. */
export async function sendAction(): Promise<void> {
  const [client, id] = [await clientNow(), await readDraftCookie()];
  const outcome = await orUnavailable(PATH, () => sendCase(id, client));
  switch (outcome.kind) {
    case "sent":
      await clearDraftCookie();
      return answerDone(statusPath(outcome.token), "recover-sent", { address: outcome.newEmail });
    case "sent-already":
      await clearDraftCookie();
      return redirect(statusPath(outcome.token));
    case "missing": {
      const errors = Object.assign({}, ...outcome.what.map((what) => missingErrors[what]));
      return refuse(PATH, { form: "recover-send", errors });
    }
    case "too-many-sent":
      return refuse(PATH, { form: "recover-send", reason: "tooManySent", until: outcome.until });
    case "too-many-live":
      return refuse(PATH, { form: "recover-send", reason: "tooManyLive" });
    case "lapsed":
    case "no-draft":
      return noDraft();
  }
}

/** Deletes the draft. */
export async function discardAction(): Promise<void> {
  const id = await readDraftCookie();
  await orUnavailable(PATH, () => discardDraft(id));
  await clearDraftCookie();
  return answerDone(PATH, "recover-discarded");
}
