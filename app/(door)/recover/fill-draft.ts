import { notFound, redirect } from "next/navigation";
import { answerDocument, fileOf } from "@/app/(door)/recover/answer-document";
import { statusPath } from "@/app/(door)/recover/status-path";
import { answerDone, answerDoneBeside, orUnavailable, refuse } from "@/app/forms/answer";
import { addDocument } from "@/lib/cases/request/add-document";
import { askNewAddress } from "@/lib/cases/request/ask-new-address";
import { confirmNewAddress, resendNewAddressCode } from "@/lib/cases/request/confirm-new-address";
import { clearDraftCookie, readDraftCookie } from "@/lib/cases/request/draft-cookie";
import {
  discardDraft,
  removeDocument,
  type StoryOutcome,
  saveStory,
} from "@/lib/cases/request/fill-draft";
import { sendCase } from "@/lib/cases/request/send-case";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { INPUT_MAX_BYTES } from "@/lib/forms/typed-input";
import { oneValue } from "@/lib/password/typed-credentials";

const PATH = "/recover";

/** Says that this browser has no draft any more. */
export const noDraft = () => refuse(PATH, { form: "recover-start", reason: "noDraft" });

/** What of the form a button is about; of a form without a button's word, what was typed says it. */
function pressedIn(form: FormData): string {
  const pressed = oneValue(form, "pressed");
  const holds = (field: string) => (oneValue(form, field) ?? "") !== "";
  // Enter presses the first button, also in the field of another address below the code's.
  if (pressed === "code" && !holds("code") && holds("email")) return "address";
  if (pressed !== null) return pressed;
  if (oneValue(form, "code") !== null) return "code";
  if (holds("email")) return "address";
  return oneValue(form, "story") === null ? "send" : "story";
}

/**
 * Fills the draft in and does what was pressed. Whichever button that is, what happened is saved, a
 * document that was chosen is added, and an address that was typed stands there again.
 */
export async function fillDraft(form: FormData): Promise<never> {
  const pressed = pressedIn(form);
  const id = await readDraftCookie();
  if (pressed === "discard") return discard(id);
  const story = oneValue(form, "story");
  if (story !== null && Buffer.byteLength(story) > INPUT_MAX_BYTES) {
    return refuse(PATH, { form: "recover-story", errors: { story: "storyTooLong" } });
  }
  const saved = story === null ? null : await orUnavailable(PATH, () => saveStory(id, story));
  if (saved?.kind === "no-draft") return noDraft();
  const file = await fileOf(form);
  if (file !== null || pressed === "document") await add(id, file, pressed === "document");
  switch (pressed) {
    case "address":
      return askAddress(id, form);
    case "code":
      return confirmAddress(id, form);
    case "code-again":
      return resendCode(id);
    case "story":
      return answerStory(saved ?? { kind: "saved-but", fault: "missing" });
    case "send":
      return send(id, saved);
    default:
      return remove(
        id,
        pressed === "remove" ? oneValue(form, "id") : pressed.slice("remove-".length),
      );
  }
}

/** Adds a document; what is wrong with it is said whatever was pressed, and what was pressed is not done. */
async function add(
  id: string | null,
  file: Awaited<ReturnType<typeof fileOf>>,
  isAsked: boolean,
): Promise<void> {
  if (file === null) {
    return refuse(PATH, { form: "recover-document", errors: { document: "documentMissing" } });
  }
  if (id === null) return noDraft();
  const client = clientNow();
  const outcome = await orUnavailable(PATH, () => addDocument(id, file, client));
  const isIn = outcome.kind === "added" || outcome.kind === "known";
  if (isAsked && isIn) {
    return answerDoneBeside(PATH, `recover-document-${outcome.kind}`, { name: outcome.name });
  }
  if (!isIn) await answerDocument(PATH, outcome, noDraft);
}

/** Mails a code to the address the draft asks for. */
async function askAddress(id: string | null, form: FormData): Promise<never> {
  const asking = { client: clientNow(), browserId: await rememberBrowser() };
  const email = oneValue(form, "email") ?? "";
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
async function confirmAddress(id: string | null, form: FormData): Promise<never> {
  const typed = oneValue(form, "code") ?? "";
  const shown = oneValue(form, "challenge");
  const outcome = await orUnavailable(PATH, () => confirmNewAddress(id, typed, shown));
  const refused = { form: "recover-code" } as const;
  switch (outcome.kind) {
    case "confirmed":
      return answerDoneBeside(PATH, "recover-address-confirmed", { address: outcome.email });
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
async function resendCode(id: string | null): Promise<never> {
  const outcome = await orUnavailable(PATH, () => resendNewAddressCode(id));
  const refused = { form: "recover-code" } as const;
  switch (outcome.kind) {
    case "sent":
      return answerDoneBeside(PATH, "recover-code-sent-again", { address: outcome.email });
    case "too-early":
      // No error: there is nothing to put right but to wait.
      return answerDoneBeside(PATH, "recover-too-early", { from: outcome.from.toISOString() });
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

/** Says what is wrong with what happened; it is saved by then. */
async function answerStory(outcome: StoryOutcome): Promise<never> {
  switch (outcome.kind) {
    case "saved":
      return answerDoneBeside(PATH, "recover-story-saved");
    case "saved-but": {
      const story = storyErrors[outcome.fault];
      return refuse(PATH, { form: "recover-story", errors: { story } });
    }
    case "no-draft":
      return noDraft();
  }
}

/** Removes a document from the draft. */
async function remove(id: string | null, documentId: string | null): Promise<never> {
  const outcome = await orUnavailable(PATH, () => removeDocument(id, documentId ?? ""));
  switch (outcome.kind) {
    case "removed":
    case "not-there":
      return answerDoneBeside(PATH, "recover-document-removed");
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
async function send(id: string | null, saved: StoryOutcome | null): Promise<never> {
  const client = clientNow();
  const outcome = await orUnavailable(PATH, () => sendCase(id, client));
  switch (outcome.kind) {
    case "sent":
      await clearDraftCookie();
      if (outcome.newEmail === null) {
        return answerDone(statusPath(outcome.token), "recover-sent-factors");
      }
      return answerDone(statusPath(outcome.token), "recover-sent", { address: outcome.newEmail });
    case "sent-already":
      await clearDraftCookie();
      return redirect(statusPath(outcome.token));
    case "missing": {
      const errors = Object.assign({}, ...outcome.what.map((what) => missingErrors[what]));
      if (saved?.kind === "saved-but" && saved.fault !== "missing") {
        errors.story = storyErrors[saved.fault];
      }
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
async function discard(id: string | null): Promise<never> {
  await orUnavailable(PATH, () => discardDraft(id));
  await clearDraftCookie();
  return answerDone(PATH, "recover-discarded");
}
