import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { networkKeyOfIp } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { isDatabaseDown } from "@/lib/db/database-down";
import { TooLate, soon as withinTime } from "@/lib/db/soon";
import { inputWaits } from "@/lib/forms/returned-input";
import type { FormBody } from "@/lib/log/form-body";
import { log } from "@/lib/log/log";
import { type RequestContext, runForRequest } from "@/lib/log/request-context";
import { visitHeader } from "@/lib/server/gate/visit-cookie";
import { type Answer, answerAside, giveAnswer, setCookiesOf } from "@/lib/server/once/answer";
import { groundsOf } from "@/lib/server/once/grounds";
import {
  inputNamed,
  isToBeKept,
  type KeptAnswer,
  openAnswer,
  sealAnswer,
  trueUntil,
} from "@/lib/server/once/kept-answer";
import { hasArrived, isBetween, marksAfter } from "@/lib/server/once/marks";
import { type Press, readPress, type SentForm } from "@/lib/server/once/press";
import {
  claimPress,
  type FoundPress,
  findPress,
  keepAnswer,
  keepPressAlive,
  releasePress,
  stillStands,
} from "@/lib/server/once/press-store";

/** A form that was read whole, and the connection that waits for its answer. */
export type Sending = {
  req: IncomingMessage;
  res: ServerResponse;
  form: FormBody;
  context: RequestContext;
};

/** Hands a form on to the app; the answer goes to the response it is given. */
export type Judge = (res: ServerResponse) => Promise<void>;

type Turn =
  | { kind: "first"; id: string }
  | { kind: "again"; answer: Answer }
  /** The browser that sent it again no longer waits. */
  | { kind: "gone" };

// Longer than a database in order ever takes: a form must not wait for what only spares a second one.
const STATEMENT_MILLISECONDS = 3_000;
const WAIT_MILLISECONDS = 30_000;
const BETWEEN_LOOKS_MILLISECONDS = 100;
const SIGN_OF_LIFE_MILLISECONDS = 2_000;
// Longer than any form of ours takes: what is judged longer has gone astray, and holds up no other.
const LONGEST_JUDGEMENT_MILLISECONDS = 60_000;

// While the database is away only one form in so many waits for it here, and not once more in the app.
const REST_MILLISECONDS = 5_000;
let restsUntil = 0;

/** Forms that this process judges, by press: each ends once its answer was kept, or was not. */
const underWay = new Map<string, Promise<void>>();

const soon = <T>(work: Promise<T>) => withinTime(work, STATEMENT_MILLISECONDS);

const standpointOf = (ip: string | null) => {
  const network = networkKeyOfIp(ip);
  return { ip, network, now: readClock() };
};

/** Whether somebody had the answer, opened the page anew and sent the form again: they mean it. */
const isMeantAnew = (press: Press, kept: KeptAnswer, cookies: string | undefined) =>
  press.loadedAt !== null &&
  press.loadedAt >= kept.answeredAt &&
  hasArrived(setCookiesOf(kept.answer), cookies);

/** The answer of an earlier press, as long as it would be the same now. */
async function standingAnswer(
  { id, answer: sealed, stamp }: FoundPress,
  press: Press,
  { req, context: { clientIp: ip } }: Sending,
): Promise<Answer | null> {
  const kept = sealed === null ? null : openAnswer(id, sealed);
  if (kept === null || stamp === null) return null;
  const { answer, before, on } = kept;
  if (!isBetween(press.marks, before, marksAfter(before, setCookiesOf(answer)))) return null;
  if (isMeantAnew(press, kept, req.headers.cookie)) return null;
  const end = trueUntil(answer);
  if (end !== null && end <= readClock()) return null;
  const typed = inputNamed(answer);
  if (typed !== null && !(await soon(inputWaits(typed)))) return null;
  return (await soon(stillStands(stamp, on, standpointOf(ip)))) ? answer : null;
}

/** A claim that comes too late is given up: nobody judges for it. */
async function claimSoon(press: Parameters<typeof claimPress>[0]): Promise<boolean> {
  const claim = claimPress(press);
  try {
    return await soon(claim);
  } catch (error) {
    const late = claim.then((mine) => (mine ? releasePress(press.id, press.browser) : undefined));
    late.catch(() => {});
    throw error;
  }
}

async function takeTurn(press: Press, sending: Sending): Promise<Turn> {
  const now = readClock();
  const { browser, form } = press;
  const deadline = performance.now() + WAIT_MILLISECONDS;
  let replaces: string | null = null;
  while (performance.now() < deadline) {
    const id = randomUUID();
    if (await claimSoon({ id, browser, form, now, replaces })) return { kind: "first", id };
    const found = await soon(findPress(browser));
    if (found === null || Buffer.compare(found.form, form) !== 0) continue;
    if (found.answer !== null) {
      const answer = await standingAnswer(found, press, sending);
      if (answer !== null) return { kind: "again", answer };
      replaces = found.id;
    } else if (found.lost) {
      replaces = found.id;
    } else {
      await (underWay.get(found.id) ?? pause(BETWEEN_LOOKS_MILLISECONDS));
      if (sending.res.closed) return { kind: "gone" };
    }
  }
  throw new Error("A form's first answer did not come.");
}

async function keep(
  id: string,
  press: Press,
  sent: SentForm,
  answer: Answer | null,
  databaseDown: boolean,
): Promise<void> {
  const { browser, marks: before } = press;
  if (answer === null || databaseDown || !isToBeKept(answer)) return releasePress(id, browser);
  const on = await groundsOf(sent, before, marksAfter(before, setCookiesOf(answer)));
  const standpoint = standpointOf(sent.ip);
  const answeredAt = standpoint.now.getTime();
  const sealed = sealAnswer(id, { answer, on, before, answeredAt });
  await keepAnswer({ id, browser, answer: sealed }, on, standpoint);
}

/** The answer with what the app set aside of it, and the visit of a browser that had none. */
function withCookies(answer: Answer, { newVisit }: Press, { brought }: RequestContext): Answer {
  const visit = newVisit === null ? [] : [visitHeader(newVisit)];
  const cookies = [...setCookiesOf(answer), ...(brought?.cookies.take() ?? []), ...visit];
  if (cookies.length === 0) return answer;
  return { ...answer, headers: { ...answer.headers, "set-cookie": cookies } };
}

async function answerFirst(
  id: string,
  press: Press,
  sent: SentForm,
  { req, res, context }: Sending,
  judge: Judge,
): Promise<void> {
  // From nobody's share: however busy the account is, others must see that its form is being judged.
  const aside = <T>(work: () => T) => runForRequest({ ...context, holder: undefined }, work);
  const quietly = (work: () => Promise<void>) =>
    aside(() => soon(work())).catch((error) =>
      log.warn({ err: error }, "A form's answer is not kept"),
    );
  let settle = () => {};
  underWay.set(id, new Promise((resolve) => (settle = resolve)));
  const life = setInterval(
    () => quietly(() => keepPressAlive(id, press.browser)),
    SIGN_OF_LIFE_MILLISECONDS,
  );
  const letGo = () => {
    clearInterval(life);
    underWay.delete(id);
    settle();
  };
  const limit = setTimeout(letGo, LONGEST_JUDGEMENT_MILLISECONDS);
  try {
    let answer: Answer | null = null;
    try {
      answer = await answerAside(req, res, judge);
      if (answer !== null) answer = withCookies(answer, press, context);
    } finally {
      clearTimeout(limit);
      clearInterval(life);
      // Before the browser has the answer: what comes after it is seen to have come after.
      await quietly(() => keep(id, press, sent, answer, context.databaseDown));
    }
    if (answer !== null) giveAnswer(res, answer);
  } finally {
    letGo();
  }
}

// The gate makes the page of it, and says when to come back.
function refuseOverShare({ res, context }: Sending, aside: RequestContext): void {
  Object.assign(context, { overShare: true, databaseDown: true });
  context.refusedBecause = aside.refusedBecause;
  res.writeHead(500).end();
}

/**
 * Has a form judged, once: the same form of the same browser from the same IP within ten seconds gets
 * the first one's answer, in every process of the installation, as long as it still stands. Where that
 * cannot be known, because the database does not answer, the form is judged.
 */
export async function judgeOnce(sending: Sending, judge: Judge): Promise<void> {
  const { req, res, form, context } = sending;
  const { clientIp: ip } = context;
  const sent: SentForm = { target: req.url ?? "", headers: req.headers, form, ip };
  if (performance.now() < restsUntil) return judge(res);
  let press: Press;
  let turn: Turn;
  // On a copy: these statements say nothing of whether the app itself saw the form or the database.
  const aside: RequestContext = { ...context };
  try {
    press = readPress(sent);
    turn = await runForRequest(aside, () => takeTurn(press, sending));
  } catch (error) {
    // Nothing was judged yet, and the database is there for others: sent again, it is this one act.
    if (aside.overShare) return refuseOverShare(sending, aside);
    if (error instanceof TooLate || isDatabaseDown(error)) {
      restsUntil = performance.now() + REST_MILLISECONDS;
    }
    log.warn({ err: error }, "A form is judged without a look at the one before it");
    return judge(res);
  }
  switch (turn.kind) {
    case "first":
      return answerFirst(turn.id, press, sent, sending, judge);
    case "again":
      return giveAnswer(res, turn.answer);
    case "gone":
      return;
  }
}
