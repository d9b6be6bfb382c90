import { AsyncLocalStorage } from "node:async_hooks";
import type { FormBody } from "@/lib/log/form-body";

/**
 * What takes connections: a signed-in account, null where nobody is signed in, and the network it
 * comes from.
 */
export type Holder = { account: string | null; network: string };

type Typed = { form: string; sent: [field: string, value: string][] };

/** What waited for a page: the notice that was left with it, unread, and what was typed into which form. */
export type ReturnedInput = {
  id: string;
  notice: unknown;
  input: Typed & { beside?: Typed[] };
};

/** How a cookie is set: `maxAge` in seconds, left out until the browser is closed. */
export type CookieOptions = {
  httpOnly: boolean;
  sameSite: "lax";
  path: string;
  secure: boolean;
  maxAge?: number;
};

/** The cookies of a request, decoded, and those that its answer sets. */
export type CookieJar = {
  /** What was set while it is answered comes before what it brought; undefined: neither. */
  get(name: string): string | undefined;
  set(name: string, value: string, options: CookieOptions): void;
  /** The `Set-Cookie` headers of what was set, for the one answer that carries them. */
  take(): string[];
};

/** What a request brought. */
export type Brought = { headers: RequestHeaders; cookies: CookieJar };

/** Its headers, each as one text; null: there is none of that name. */
export type RequestHeaders = { get(name: string): string | null };

/** What is known about the request being answered. Made by the gate, one per request. */
export type RequestContext = {
  /** Goes to the client in `X-Request-Id` and into every log line. */
  requestId: string;
  /** Unguessable; by it Next's word of an error leads to the request it is about. */
  token: string;
  /** Of what was asked for, decoded; null where it could not be read. */
  path?: string | null;
  /** Of what was asked for, without its question mark; left out where it has none. */
  query?: string;
  /** null: unknown. */
  clientIp: string | null;
  /** Whether a forwarding header came with the request. */
  forwarded: boolean;
  /** Answers the form that came, where the app is not needed for it: the path of the next page. */
  press?: () => Promise<string>;
  /** Whether `/mailbox` is there for who sent it. */
  seesMailbox?: boolean;
  /** Whose share of the connections it takes from; left out: from nobody's, as health does. */
  holder?: Holder;
  /** Set by `noteOverShare`: a 503 then says that too much was asked for at once. */
  overShare?: boolean;
  /** Set by `noteDatabaseDown`: an answer of 500 then leaves as 503. */
  databaseDown: boolean;
  /** The first error that said so: the gate writes one line about it. */
  databaseFault?: unknown;
  /** Where in the app it ended a page, a route or an action, where it did. */
  databaseFaultAt?: { route: string; kind: string };
  /**
   * Set by `noteReached`, as soon as code of ours works on what was sent. A form that makes Next fail
   * before that was not one of our forms, and the 500 Next has for it leaves as 400.
   */
  reached: boolean;
  /** Why the gate refused it, for the log. */
  refusedBecause?: string;
  /** Its headers and cookies; left out where nothing asks for them, as in tests. */
  brought?: Brought;
  /** The form that came, so that what was typed can be kept out of the log. */
  form?: FormBody;
  /** Set where the gate could not see whether a factor comes before everything else: the app looks. */
  enrolUnjudged?: boolean;
  /** Which form of the registry that is, where it is one. */
  formName?: string;
  /** The page of that form, where the form is judged. */
  formRoute?: string;
  /** What it means beside what was sent: by its page's address, or by its name of before. */
  formMeans?: [field: string, value: string][];
  /** What was typed into a form that was not taken, while its page is shown again. */
  returnedForm?: StaleForm;
  /** What stood half filled in the other forms of its page. */
  returnedBeside?: StaleForm[];
  /** The same where it waited in a row for this page, with the notice that was left with it. */
  returnedInput?: ReturnedInput;
  /** Set by `readNotice` once the page shows that. */
  inputShown?: boolean;
  /** Whether the page says that a form was not taken. */
  answersRefused?: boolean;
  /** Set by `readEntered` once the page says so: its answer takes the notice back. */
  enteredSaid?: boolean;
  /** Set by `takeShownCodes` once the page shows recovery codes: its answer takes them back. */
  codesShown?: boolean;
  /** Set where it should have waited for this page, and does not: it was shown, or its time is over. */
  inputGone?: boolean;
  /** By what the head of its page is kept, once Next has made it. */
  headKey?: string;
  /** How many ids its page has drawn. */
  ids?: number;
  /** Set by `noteFailed`: an answer that NextAuth made all the same is not to be believed. */
  failed?: unknown;
  /** Set where a sign-in by NextAuth's own route leads to the check-up of factors first. */
  asksCheckUp?: boolean;
  /** Set where a form comes back unsent, because the site no longer knows it. */
  staleForm?: StaleForm;
};

/** A form of a page that was older than the site. Nothing of it was judged, stored or sent on. */
export type StaleForm = {
  /** Which forms of the registry it may have been. */
  forms: readonly string[];
  /** What was sent with it, but for files. */
  sent: readonly (readonly [field: string, value: string])[];
};

/** The header that carries a request's token to what Next says of it. */
export const tokenHeader = "x-portaria-request";

type Shared = {
  storage: AsyncLocalStorage<RequestContext>;
  /** Requests being answered, by token. */
  live: Map<string, RequestContext>;
};

// The server's own modules and Next's bundle each evaluate this file; the process has one state.
const key = Symbol.for("portaria.request");

function shared(): Shared {
  const holder = globalThis as { [key]?: Shared };
  holder[key] ??= { storage: new AsyncLocalStorage(), live: new Map() };
  return holder[key];
}

/** The request this code runs for; undefined in jobs and at start. */
export function currentRequest(): RequestContext | undefined {
  return shared().storage.getStore();
}

/**
 * What the request brought that this code runs for.
 *
 * @throws Error outside of a request
 */
export function requestBrought(): Brought {
  const brought = currentRequest()?.brought;
  if (brought === undefined) throw new Error("A request was asked for where none is answered.");
  return brought;
}

/** Runs `work`, and all it starts, for a request. */
export function runForRequest<T>(context: RequestContext, work: () => T): T {
  return shared().storage.run(context, work);
}

/** Runs `work`, and all it starts, with connections of nobody's share: it must not wait for its request's. */
export function fromNobodysShare<T>(work: () => T): T {
  const context = shared().storage.getStore();
  return context === undefined ? work() : runForRequest({ ...context, holder: undefined }, work);
}

/** Remembers a request while it is being answered. Returns what forgets it. */
export function keepRequest(context: RequestContext): () => void {
  const { live } = shared();
  live.set(context.token, context);
  return () => {
    live.delete(context.token);
  };
}

/** The request being answered that has this token. */
export function requestOfToken(token: string | undefined): RequestContext | undefined {
  return token === undefined ? undefined : shared().live.get(token);
}

/**
 * Says that this request failed because the database does not answer, for whoever catches such an
 * error or only sees it pass. The gate then answers 503 with Retry-After where Next would say 500.
 */
export function noteDatabaseDown(error: unknown): void {
  const request = currentRequest();
  if (request === undefined) return;
  request.databaseDown = true;
  request.databaseFault ??= error;
}

/**
 * Says that this request got no share of the connections or of the answers: those of others do not
 * suffer for it.
 *
 * @param because for the log
 */
export function noteOverShare(because = "more than its share of the connections"): void {
  const request = currentRequest();
  if (!request) return;
  request.overShare = true;
  request.databaseDown = true;
  request.refusedBecause ??= because;
}

/** Whether this request is one that got no share of the connections; the log has it. */
export const isOverShare = (): boolean => currentRequest()?.overShare === true;

/** Says that something went wrong under a framework that answers as if nothing had. */
export function noteFailed(error: unknown): void {
  const request = currentRequest();
  if (request) request.failed ??= error;
}

/** Says that code of ours works on the request. `clientOf` does; an action that does not call it may. */
export function noteReached(): void {
  const request = currentRequest();
  if (request) request.reached = true;
}
