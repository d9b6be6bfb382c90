import { z } from "zod";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";
import { isTyped } from "@/lib/forms/kept-fields";
import { fromBefore } from "@/lib/forms/notice-of-before";
import { type Notice, noticeSchema, type RefusedNotice } from "@/lib/forms/notice-schema";
import { formRegistry } from "@/lib/forms/registry";
import {
  eraseInputsOf,
  INPUT_KEPT_MINUTES,
  isKnown,
  keepInput,
  MARK_PARAMETER,
  type ReadCookie,
} from "@/lib/forms/returned-input";
import { fittedToCookie, type TypedInput, typedIntoThisForm } from "@/lib/forms/typed-input";
import { currentRequest } from "@/lib/log/request-context";
import { seal, unseal } from "@/lib/secrets/secrets";

export type { Notice, RefusedNotice };

const purpose = "notice";

/** Leaves a notice for the next page. Signed, so that nobody else's words can stand there. */
export async function leaveNotice(what: Notice): Promise<void> {
  if (what.kind !== "unavailable") return setNotice(what);
  const input = await typedIntoThisForm();
  // A form goes to its own page, and back there.
  const left = { ...what, page: currentRequest()?.path ?? undefined };
  await setNotice(input === null ? left : { ...left, returned: fittedToCookie(input) });
}

async function setNotice(what: object, seconds: number = cookieSeconds.notice): Promise<void> {
  const options = cookieOptions(seconds);
  cookieJar().set(cookieName("notice"), seal(purpose, what), options);
}

/** What says that a form was not taken, and may bring back what was typed. */
type Returning = Extract<Notice, { kind: "form-refused" | "unavailable" }>;

/**
 * Leaves the notice of a form that was not taken, and keeps what was typed for its page to show again.
 *
 * @param address of that page
 * @returns the address to go to: without a fragment, which would take the focus from what says what is
 * wrong, and with a mark where two tabs wait for one page
 */
export async function leaveReturning(address: string, refused: Returning): Promise<string> {
  const { pathname } = new URL(address, "http://page");
  const what = { ...refused, page: decodeURI(pathname) };
  const kept = await keepTyped(address, what, await typedIntoThisForm());
  await setNotice({ ...what, ...kept.typed }, kept.seconds);
  return kept.address;
}

/**
 * Keeps what was typed into the form of a page that was sent along with something else, such as the
 * choice of a language. What the page said it says again.
 *
 * @param address of the page
 * @returns the address to go to, as above
 */
export async function keepBeside(address: string): Promise<string> {
  return keepWithSaid(address, await typedIntoThisForm());
}

/**
 * Keeps what stands half filled in the other forms of the page whose form went through.
 *
 * @param address of the page that comes next; of another one nothing is kept
 */
export async function keepOthers(address: string): Promise<string> {
  const { pathname, hash } = new URL(address, "http://page");
  const input = await typedIntoThisForm();
  if (pathname !== currentRequest()?.path || !input?.beside) return address;
  return `${await keepWithSaid(address, { ...input, form: "", sent: [] })}${hash}`;
}

async function keepWithSaid(address: string, typed: TypedInput | null): Promise<string> {
  const said = unseal(purpose, cookieJar().get(cookieName("notice")));
  const { input, returned, ...notice } = z.looseObject({}).catch({}).parse(said);
  const kept = await keepTyped(address, notice, typed);
  if (kept.typed !== null) await setNotice({ ...notice, ...kept.typed }, kept.seconds);
  return kept.address;
}

type Kept = {
  /** By what a notice's cookie brings it back; null where nothing was typed. */
  typed: { input: { id: string; path: string } } | { returned: TypedInput } | null;
  address: string;
  seconds?: number;
};

/** Keeps what was typed for a page, in a row or in the notice's own cookie. */
async function keepTyped(
  address: string,
  notice: unknown,
  input: TypedInput | null,
): Promise<Kept> {
  const { pathname, searchParams } = new URL(address, "http://page");
  // Of what waited there before.
  searchParams.delete(MARK_PARAMETER);
  const path = searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
  if (input === null || !holdsText(input)) return { typed: null, address: path };
  const inCookie = { typed: { returned: fittedToCookie(input) }, address: path };
  if (formRegistry[input.form]?.inCookie) return inCookie;
  const ip = currentRequest()?.clientIp ?? null;
  const kept = await keepInput({ cookie: await ownCookies(), path: pathname, ip, notice, input });
  switch (kept.kind) {
    case "kept":
      return {
        typed: { input: { id: kept.id, path: pathname } },
        address: kept.mark === "" ? path : withMark(path, kept.mark),
        seconds: INPUT_KEPT_MINUTES * 60,
      };
    case "not-kept":
      return { typed: { input: { id: "", path: pathname } }, address: path };
    case "database-down":
      return inCookie;
  }
}

const holdsText = ({ sent, beside = [] }: TypedInput) =>
  [sent, ...beside.map((other) => other.sent)]
    .flat()
    .some(([field, text]) => isTyped(field) && text !== "");

/** The cookies of this browser; one that shows nothing by which it is known again is given its id. */
async function ownCookies(): Promise<ReadCookie> {
  const jar = cookieJar();
  const read: ReadCookie = (name) => jar.get(name);
  if (!isKnown(read)) await rememberBrowser();
  return read;
}

function withMark(path: string, mark: string): string {
  const { pathname, search } = new URL(path, "http://page");
  const query = new URLSearchParams(search);
  query.set(MARK_PARAMETER, mark);
  return `${pathname}?${query}`;
}

/** Leaves the notice of a block, wherever it was met. */
export function leaveBlockNotice(
  block: Omit<Extract<Notice, { kind: "blocked" }>, "kind" | "since" | "until"> & {
    since: Date;
    until: Date;
  },
): Promise<void> {
  const [since, until] = [block.since.toISOString(), block.until.toISOString()];
  return leaveNotice({ ...block, kind: "blocked", since, until });
}

/**
 * The notice left for this page, if any; of a form that was not taken, `values` hold what was typed too.
 * Where that waited for this very page, it counts as shown from now on.
 */
export async function readNotice(): Promise<Notice | null> {
  const request = currentRequest();
  const waited = noticeSchema.safeParse(request?.returnedInput?.notice);
  if (request?.returnedInput !== undefined) request.inputShown = true;
  if (waited.success) return withTyped(waited.data, request?.returnedInput?.input);
  const value = cookieJar().get(cookieName("notice"));
  const left = noticeSchema.safeParse(fromBefore(unseal(purpose, value)));
  if (!left.success) return null;
  return withTyped(left.data, "returned" in left.data ? left.data.returned : undefined);
}

/**
 * That a right code led in, for the page after it, whichever that is. Said once: the page's answer takes
 * the notice back, for somebody who goes on reading is not let in anew.
 */
export async function readEntered(): Promise<Extract<Notice, { kind: "entered" }> | null> {
  const value = cookieJar().get(cookieName("notice"));
  const left = noticeSchema.safeParse(fromBefore(unseal(purpose, value)));
  if (!left.success || left.data.kind !== "entered") return null;
  const request = currentRequest();
  if (request !== undefined) request.enteredSaid = true;
  return left.data;
}

function withTyped(notice: Notice, input: TypedInput | undefined): Notice {
  if (notice.kind !== "form-refused" || input === undefined) return notice;
  // Of several values under one name the first, as actions read them.
  const typed = Object.fromEntries(input.sent.toReversed());
  return { ...notice, values: { ...typed, ...notice.values }, returned: input };
}

/** Erases what was typed and waits to be shown to this browser: at signing in and out somebody else may come. */
export async function forgetInputs(): Promise<void> {
  const jar = cookieJar();
  await eraseInputsOf((name) => jar.get(name));
}

/** Takes the notice back, once a form went through. */
export async function clearNotice(): Promise<void> {
  cookieJar().set(cookieName("notice"), "", cookieOptions(0));
}
