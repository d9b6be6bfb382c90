"use server";

import { notFound } from "next/navigation";
import { answerDone, answerDoneBeside, orUnavailable, refuse } from "@/app/forms/answer";
import { readTextForm, type TextForm } from "@/app/templates/studio-staff";
import type { ErrorOf } from "@/lib/forms/refused-forms";
import { askToSignIn } from "@/lib/next-auth/session";
import { askToPublish } from "@/lib/templates/ask-to-publish";
import { discardDraft } from "@/lib/templates/discard-draft";
import { lookAt } from "@/lib/templates/look-at";
import { publish } from "@/lib/templates/publish";
import { saveDraft } from "@/lib/templates/save-draft";
import { sendBack } from "@/lib/templates/send-back";
import { sendTest } from "@/lib/templates/send-test";
import { textName } from "@/lib/templates/text-key-of";
import type { TypedFault } from "@/lib/templates/typed-text";

const fieldOf = {
  subjectLine: "subject",
  previewLine: "preview",
  text: "text",
  note: "note",
} as const;

/** What is wrong with the fields of a text, by field. */
const errorsOf = (faults: TypedFault[]): { [field: string]: ErrorOf<"edit-text"> } =>
  Object.fromEntries(
    faults.map(({ field }) => [fieldOf[field], field === "note" ? "noteTooLong" : "tooLong"]),
  );

const typedText = ({ typed }: TextForm) => ({
  subjectLine: typed("subject"),
  previewLine: typed("preview"),
  text: typed("text"),
});

const aboutOf = ({ key }: TextForm) => ({ about: textName(key) });

/** Saves what was typed, asks to publish it, or sends it as a test, by what was pressed. */
export async function editTextAction(form: FormData): Promise<void> {
  const sent = await readTextForm(form);
  switch (sent.typed("pressed")) {
    case "test":
      return test(sent);
    case "test-to":
      return test(sent, sent.typed("to"));
    case "ask":
      return ask(sent);
    default:
      return save(sent);
  }
}

const draftOf = (sent: TextForm) => {
  const { typed } = sent;
  const [note, seen, base] = [typed("note"), typed("seen"), typed("base")];
  return { ...typedText(sent), note, seen, base };
};

async function save(sent: TextForm): Promise<void> {
  const { staff, key, path } = sent;
  const outcome = await orUnavailable(path, () => saveDraft(staff, key, draftOf(sent)));
  const refused = { form: "edit-text", values: aboutOf(sent) } as const;
  switch (outcome.kind) {
    case "saved":
    case "unchanged":
      return answerDone(path, `text-${outcome.kind}`, aboutOf(sent));
    case "invalid":
      return refuse(path, { ...refused, errors: errorsOf(outcome.faults) });
    case "conflict":
      return refuse(path, { ...refused, reason: "conflict" });
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(path);
  }
}

async function ask(sent: TextForm): Promise<void> {
  const { staff, key, path } = sent;
  const outcome = await orUnavailable(path, () => askToPublish(staff, key, draftOf(sent)));
  const refused = { form: "edit-text", values: aboutOf(sent) } as const;
  switch (outcome.kind) {
    case "asked":
      return answerDone(path, "text-asked", aboutOf(sent));
    case "invalid":
      return refuse(path, { ...refused, errors: errorsOf(outcome.faults) });
    case "nothing-to-publish":
      return refuse(path, { ...refused, reason: "nothingToPublish" });
    case "conflict":
    case "refused":
      return refuse(path, { ...refused, reason: outcome.kind });
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(path);
  }
}

async function test(sent: TextForm, to?: string): Promise<void> {
  const { staff, key, path } = sent;
  const typed = { ...typedText(sent), ...(to === undefined ? {} : { to }) };
  const outcome = await orUnavailable(path, () => sendTest(staff, key, typed));
  const refused = { form: "edit-text", values: aboutOf(sent) } as const;
  switch (outcome.kind) {
    case "queued":
      return answerDoneBeside(path, "text-test", { ...aboutOf(sent), email: outcome.recipient });
    case "invalid":
      return refuse(path, { ...refused, errors: errorsOf(outcome.faults) });
    case "no-mail":
      return notFound();
    case "refused":
      return refuse(path, { ...refused, reason: "testRefused" });
    case "too-many":
      return refuse(path, { ...refused, reason: "tooManyTests", until: outcome.until });
    case "unknown":
      return refuse(path, { ...refused, errors: { to: "unknownColleague" } });
    case "signed-out":
      return askToSignIn(path);
  }
}

/** Publishes a draft that somebody asked to publish, or sends it back to them. */
export async function publishAction(form: FormData): Promise<void> {
  const sent = await readTextForm(form);
  return sent.typed("pressed") === "send-back" ? sendItBack(sent) : publishIt(sent);
}

async function publishIt(sent: TextForm): Promise<void> {
  const { staff, key, path, typed } = sent;
  const outcome = await orUnavailable(path, () => publish(staff, key, { seen: typed("seen") }));
  const refused = { form: "publish-text", values: aboutOf(sent) } as const;
  switch (outcome.kind) {
    case "published":
      return answerDone(path, "text-published", {
        ...aboutOf(sent),
        number: String(outcome.version),
      });
    case "refused":
    case "outdated":
      return refuse(path, { ...refused, reason: outcome.kind });
    case "not-asked":
      return refuse(path, { ...refused, reason: "notAsked" });
    case "own-text":
      return refuse(path, { ...refused, reason: "ownText" });
    case "nothing-to-publish":
      return refuse(path, { ...refused, reason: "nothingToPublish" });
    case "signed-out":
      return askToSignIn(path);
  }
}

async function sendItBack(sent: TextForm): Promise<void> {
  const { staff, key, path, typed } = sent;
  const said = { seen: typed("seen"), reason: typed("reason") };
  const outcome = await orUnavailable(path, () => sendBack(staff, key, said));
  const refused = { form: "publish-text", values: aboutOf(sent) } as const;
  switch (outcome.kind) {
    case "sent-back":
      return answerDone(path, "text-sent-back", aboutOf(sent));
    case "invalid":
      return refuse(path, { ...refused, errors: { reason: outcome.error } });
    case "outdated":
      return refuse(path, { ...refused, reason: "outdated" });
    case "not-asked":
      return refuse(path, { ...refused, reason: "notAsked" });
    case "nothing-to-publish":
      return refuse(path, { ...refused, reason: "nothingToPublish" });
    case "signed-out":
      return askToSignIn(path);
  }
}

/** Throws a draft away. */
export async function discardAction(form: FormData): Promise<void> {
  const sent = await readTextForm(form);
  const { staff, key, path, typed } = sent;
  const outcome = await orUnavailable(path, () =>
    discardDraft(staff, key, { seen: typed("seen") }),
  );
  const refused = { form: "edit-text", values: aboutOf(sent) } as const;
  switch (outcome.kind) {
    case "discarded":
    case "nothing-to-discard":
      return answerDone(path, "text-discarded", aboutOf(sent));
    case "outdated":
      return refuse(path, { ...refused, reason: "outdated" });
    case "signed-out":
      return askToSignIn(path);
  }
}

/** Says that a translation was looked at and is still right. */
export async function lookAtAction(form: FormData): Promise<void> {
  const sent = await readTextForm(form);
  const { staff, key, path, typed } = sent;
  const outcome = await orUnavailable(path, () => lookAt(staff, key, { seen: typed("seen") }));
  const refused = { form: "edit-text", values: aboutOf(sent) } as const;
  switch (outcome.kind) {
    case "looked-at":
    case "not-outdated":
      return answerDone(path, "text-looked-at", aboutOf(sent));
    case "outdated":
      return refuse(path, { ...refused, reason: "outdated" });
    case "signed-out":
      return askToSignIn(path);
  }
}
