import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { onEachPage } from "@/components/scripts/on-each-page";
import { sendSignals } from "@/components/scripts/passkey-signals";

type Asked = { ceremony: string } & (
  | { create: PublicKeyCredentialCreationOptionsJSON }
  | { get: PublicKeyCredentialRequestOptionsJSON }
);

/** Why there is no answer: a word of the page says so. */
type Fault = "cancelled" | "known" | "too-many" | "over" | "unavailable";

class Failed extends Error {
  constructor(readonly fault: Fault) {
    super(fault);
  }
}

// A question lives five minutes on the server: one that waits for the autofill is put anew before.
const AUTOFILL_MILLISECONDS = 4 * 60_000;

const buttons = new WeakSet<Element>();

async function ask(purpose: string): Promise<Asked> {
  const body = new URLSearchParams({ purpose });
  const answer = await fetch("/api/passkeys/options", { method: "POST", body }).catch(() => null);
  if (answer?.ok) return answer.json();
  const faults: Record<number, Fault> = { 404: "over", 429: "too-many" };
  throw new Failed(faults[answer?.status ?? 0] ?? "unavailable");
}

/** Writes an answer into the fields of a form that stand for it. */
function fill(form: HTMLFormElement, ceremony: string, answer: object): void {
  const values: Record<string, string> = { ceremony, passkey: JSON.stringify(answer) };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}

/** Has the browser make or use a passkey, and writes what it says into a form. */
async function answerInto(form: HTMLFormElement, asked: Asked, isAutomatic = false): Promise<void> {
  const answer =
    "create" in asked
      ? await startRegistration({ optionsJSON: asked.create, useAutoRegister: isAutomatic })
      : await startAuthentication({ optionsJSON: asked.get, useBrowserAutofill: isAutomatic });
  fill(form, asked.ceremony, answer);
}

/** Sends a form; what the button that asked is called goes along, as if it had sent it. */
function send(form: HTMLFormElement, button?: HTMLButtonElement): void {
  const { pressed = "", pressedValue = "" } = button?.dataset ?? {};
  if (pressed !== "") {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: pressed, value: pressedValue });
    form.append(field);
  }
  if (form.requestSubmit) form.requestSubmit();
  else form.submit();
}

function faultOf(error: unknown): Fault {
  if (error instanceof Failed) return error.fault;
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return "known";
  return name === "NotAllowedError" || name === "AbortError" ? "cancelled" : "unavailable";
}

/** Whether a field is filled in, and of several boxes one ticked; the browser says what is not. */
function isComplete(form: HTMLFormElement, name: string | undefined): boolean {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("[data-one-of]")];
  const isChosen = boxes.some(({ checked }) => checked);
  for (const box of boxes) box.setCustomValidity(isChosen ? "" : (box.dataset.oneOf ?? ""));
  const field = name === undefined ? null : form.elements.namedItem(name);
  const needed = [...boxes, ...(field instanceof HTMLInputElement ? [field] : [])];
  return needed.every((one) => one.reportValidity());
}

/** Says why there is no answer, beside the button that asked. */
function say(button: Element, fault: Fault | null): void {
  const words = button
    .closest("[data-passkey-here]")
    ?.querySelectorAll<HTMLElement>("[data-fault]");
  for (const word of words ?? []) word.hidden = word.dataset.fault !== fault;
}

async function press(button: HTMLButtonElement, form: HTMLFormElement): Promise<void> {
  say(button, null);
  // Fields that must be filled in are: the browser says so before it asks for a passkey.
  if (!isComplete(form, button.dataset.checks)) return;
  button.disabled = true;
  try {
    await answerInto(form, await ask(button.dataset.passkey ?? ""));
    send(form, button);
  } catch (error) {
    button.disabled = false;
    say(button, faultOf(error));
    if (button.dataset.passkey === "sign-in") offerInAutofill(form);
  }
}

let autofills = 0;

/** Waits for a passkey to be chosen where the address is typed. */
async function offerInAutofill(form: HTMLFormElement): Promise<void> {
  autofills += 1;
  const turn = autofills;
  if (!(await browserSupportsWebAuthnAutofill())) return;
  try {
    const asked = await ask("sign-in");
    if (turn !== autofills) return;
    const renewal = setTimeout(() => renew(form, turn), AUTOFILL_MILLISECONDS);
    try {
      await answerInto(form, asked, true);
    } finally {
      clearTimeout(renewal);
    }
    send(form);
  } catch {
    // Nobody asked for it: the button beside it says what is wrong.
  }
}

/** Puts the question anew, as soon as somebody looks at the page. */
function renew(form: HTMLFormElement, turn: number): void {
  if (turn !== autofills) return;
  if (!document.hidden) return void offerInAutofill(form);
  document.addEventListener("visibilitychange", () => renew(form, turn), { once: true });
}

/** Has the browser make a passkey by itself, where it knows how; the page says so in place. */
async function offer(form: HTMLFormElement): Promise<void> {
  const { getClientCapabilities } = PublicKeyCredential as {
    getClientCapabilities?: () => Promise<Record<string, boolean>>;
  };
  const capabilities = await getClientCapabilities?.call(PublicKeyCredential);
  if (!capabilities?.conditionalCreate) return;
  try {
    await answerInto(form, await ask("offer"), true);
    const body = new FormData(form);
    const { url } = await fetch(form.action, { method: "POST", body });
    const word = form.parentElement?.querySelector<HTMLElement>("[data-offered]");
    // It leads to where the link in these words does, once it was kept.
    const isKept = new URL(url).pathname === word?.querySelector("a")?.pathname;
    if (isKept && word) word.hidden = false;
  } catch {
    // Nobody asked for it, and nothing is lost.
  }
}

onEachPage(() => {
  for (const part of document.querySelectorAll("[data-passkey-here]")) {
    part.classList.remove("invisible");
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-passkey]")) {
    const { form } = button;
    if (form === null || buttons.has(button)) continue;
    buttons.add(button);
    button.addEventListener("click", (event) => {
      event.preventDefault();
      press(button, form);
    });
    if (button.dataset.passkey === "sign-in") offerInAutofill(form);
  }
  sendSignals();
});

for (const form of document.querySelectorAll<HTMLFormElement>("[data-passkey-offer]")) offer(form);
