import {
  type BegunRun,
  beginRun,
  closeCanary,
  findCanarysMark,
  forgetRun,
  liftCanarysMark,
  noteStep,
  openCanary,
  type RunStep,
} from "@/lib/canary/canary-store";
import { emptyInbox, waitForCode } from "@/lib/canary/read-code";
import { RUN_MINUTES } from "@/lib/canary/rules/limits";
import { type Page, Site } from "@/lib/canary/site";
import { newCanaryAddress, sealArrival } from "@/lib/client/canary-arrival";
import { readClock } from "@/lib/clock";
import { HOME_PATH, TWO_STEP_PATH } from "@/lib/cookies/local-path";
import { type Environment, env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { readMailWatch } from "@/lib/mail/fate/mail-watch";
import { inboxFault } from "@/lib/mail/fate/open-inbox";
import { hashPassword } from "@/lib/password/password-hash";
import { newSecret } from "@/lib/secrets/secrets";

/** What became of a turn of the canary: it came through, or failed at a step; or it was not its turn. */
export type CanaryOutcome =
  | { kind: "off" | "not-due" | "stopped" }
  | { kind: "done"; mailMs: number | null }
  | { kind: "failed"; step: RunStep; because: string };

type Canary = NonNullable<Environment["canary"]>;

/** Why a step of it failed, in words that hold no secret. */
class StepFailed extends Error {
  override name = "StepFailed";
}

const NAME = "Canary (signs in by itself, no customer)";

/** Notes which step is about to be taken. */
type Note = (step: RunStep, mailMs?: number) => Promise<void>;

// Whoever has signed in and must have a second factor is led to the latter, and nobody else is.
const isIn = ({ path }: Page) => path === HOME_PATH || path === TWO_STEP_PATH;

/**
 * Signs in as a customer would, from a network of its own.
 *
 * @returns from the press until its mail was found, in ms; null: none was asked for
 */
async function signIn(
  canary: Canary,
  { note, signal }: { note: Note; signal: AbortSignal },
): Promise<number | null> {
  const { email, inbox } = canary;
  const ip = newCanaryAddress();
  const site = new Site(env().appUrl, {
    ...{ arrival: sealArrival(ip), signal },
    // Closed to it, as every page but one: that it is led there says enough.
    goesNotTo: TWO_STEP_PATH,
  });
  const login = await site.open("/login");
  const password = newSecret();
  const passwordHash = await hashPassword(password);
  if (!(await openCanary({ email, name: NAME, passwordHash, now: readClock() }))) {
    throw new StepFailed("a customer has the address of CANARY_EMAIL");
  }
  const pressedAt = performance.now();
  const asked = await site.submit(login, "password", { email, password });
  let mailMs: number | null = null;
  let page = asked;
  // Where VERIFICATION_MODE asks nobody, it asks no canary.
  if (asked.path === "/verify") {
    await note("mail");
    const code = await waitForCode(inbox, { to: email, ip, signal });
    if (code === null) throw new StepFailed(await whyNoMail(email));
    mailMs = performance.now() - pressedAt;
    await liftCanarysMark(email, readClock());
    await note("code", mailMs);
    page = await site.submit(asked, "code", { code });
    if (!isIn(page)) throw new StepFailed("its code was not taken");
  }
  if (!isIn(page)) throw new StepFailed("its password was not taken");
  await note("page");
  if (page.path === HOME_PATH && !page.html.includes(email)) {
    throw new StepFailed("its page does not name it");
  }
  return mailMs;
}

async function whyNoMail(email: string): Promise<string> {
  const mark = await findCanarysMark(email);
  return mark === null
    ? "its mail did not come in time"
    : `its address is marked (${mark}), so that it gets no more than a code an hour`;
}

function reasonOf(error: unknown, step: RunStep): string {
  if (error instanceof StepFailed) return error.message;
  if (error instanceof Error && error.name === "TimeoutError") return "there was no answer in time";
  if (step === "mail") return `its mailbox: ${inboxFault(error)}`;
  const { message, cause } = error as { message?: string; cause?: { code?: string } };
  return cause?.code === undefined
    ? (message ?? "it failed")
    : `the site cannot be reached (${cause.code})`;
}

/** What it left in its mailbox and in its account goes, whatever became of it. */
async function tidyUp({ email, inbox }: Canary, isStopping: boolean): Promise<void> {
  await closeCanary(email, readClock());
  // Whoever stops the worker waits for no mailbox; the next run empties it.
  if (isStopping) return;
  const signal = AbortSignal.timeout(30_000);
  await emptyInbox(inbox, { to: email, signal }).catch((error: unknown) =>
    log.debug({ error }, "The canary's mailbox could not be emptied."),
  );
}

/**
 * Signs the canary customer in from a network of its own, by the real way out and its own mailbox, unless
 * another process does.
 *
 * @param stopping breaks it off; that says nothing of mail
 * @throws when the database is away
 */
export async function runCanary(stopping?: AbortSignal): Promise<CanaryOutcome> {
  const { canary } = env();
  if (canary === null) return { kind: "off" };
  const run = await beginRun(readClock());
  if (run === null) return { kind: "not-due" };
  const late = AbortSignal.timeout(RUN_MINUTES * 60_000);
  const signal = stopping === undefined ? late : AbortSignal.any([late, stopping]);
  const outcome = await carryOut(run, canary, signal);
  await tidyUp(canary, stopping?.aborted === true);
  if (stopping?.aborted === true && outcome.kind !== "done") {
    await forgetRun(run.id);
    return { kind: "stopped" };
  }
  report(outcome, run);
  await readMailWatch();
  return outcome;
}

async function carryOut(
  run: BegunRun,
  canary: Canary,
  signal: AbortSignal,
): Promise<Exclude<CanaryOutcome, { kind: "off" | "not-due" | "stopped" }>> {
  let reached: RunStep = "sign-in";
  const note: Note = (step, mailMs) => {
    reached = step;
    return noteStep(run.id, step, mailMs === undefined ? {} : { mailMs });
  };
  try {
    const mailMs = await signIn(canary, { note, signal });
    await noteStep(run.id, "done", { endedAt: readClock() });
    return { kind: "done", mailMs };
  } catch (error) {
    await noteStep(run.id, reached, { endedAt: readClock() });
    return { kind: "failed", step: reached, because: reasonOf(error, reached) };
  }
}

function report(outcome: CanaryOutcome, { failedBefore }: BegunRun): void {
  if (outcome.kind === "failed") {
    const { step, because } = outcome;
    const level = failedBefore ? "debug" : "error";
    log[level]({ step, because }, `The canary could not sign in: ${because}.`);
  }
  if (outcome.kind === "done" && failedBefore) log.info("The canary signs in again.");
}
