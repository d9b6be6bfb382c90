import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mailEvent, type SignedWebhook, webhookOf } from "@/lib/testing/resend-webhook";

/** A mail as the fake took it. */
export type TakenMail = {
  id: string;
  idempotencyKey: string | null;
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  tags?: { name: string; value: string }[];
};

/**
 * How `POST /emails` answers: as Resend does, or with one of its failures. `half` takes the mail and stops in
 * the middle of its answer, `lost` takes it and cuts the connection off instead, `late` takes it and answers
 * when it is let go, `false-ok` is a success by its status and a failure by what it says.
 */
export type FailMode =
  | ("none" | "500" | "429" | "502" | "no-key" | "refuse" | "hang" | "cut")
  | ("half" | "lost" | "late" | "false-ok");

/** The mode, for how many requests (all if absent), and for whose mail (everybody's if absent). */
export type Fault = { mode: FailMode; times?: number; to?: string; retryAfter?: number };

/** An answer instead of the fake's own. */
export type OwnAnswer = { status: number; body: unknown; headers?: Record<string, string> };

/** A server that answers like Resend and keeps what it is sent. */
export type FakeResend = {
  /** For RESEND_BASE_URL. */
  url: string;
  /** Mails taken, oldest first; those to one address where given. */
  mails(to?: string): TakenMail[];
  /** Idempotency keys of all requests to send, failed ones too, in their order. */
  requests(): (string | null)[];
  fail(fault: Fault | FailMode): void;
  /** Asked at each request to send, before any fault; what it returns is the answer. */
  answerWith(judge: (to: string[]) => OwnAnswer | null): void;
  /** Sets what it says happened last to a mail, by its id, where it is asked; "sent" until then. */
  happened(id: string, event: string): void;
  /** Asked at each other request, such as `GET /emails/…`; what it returns is the answer, and null is its own. */
  answerOthersWith(judge: (route: string) => OwnAnswer | "hang" | "cut" | null): void;
  /** All other requests, as `DELETE /suppressions/…`, in their order. */
  others(): string[];
  /** An event about the newest mail to an address, signed as Resend does. */
  webhook(to: string, type: string, more?: Record<string, unknown>, at?: Date): SignedWebhook;
  /** Gives the answers that `late` kept back. */
  letGo(): void;
  /** Idempotency keys of all requests to send many at once, failed ones too, and how many mails each had. */
  batches(): { key: string | null; mails: number }[];
  /** How `POST /emails/batch` answers: not at all as it is not served, or as `fail` says. */
  serveBatches(are: boolean): void;
  close(): Promise<void>;
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function answer(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

// Says how long its answer is, and less of it.
function half(response: ServerResponse, said: unknown): void {
  const whole = JSON.stringify(said);
  const length = Buffer.byteLength(whole);
  response.writeHead(200, { "content-type": "application/json", "content-length": length });
  response.write(whole.slice(0, length / 2));
}

const failures = {
  "500": { statusCode: 500, name: "internal_server_error", message: "Something went wrong." },
  "429": { statusCode: 429, name: "rate_limit_exceeded", message: "Too many requests." },
  "502": { statusCode: 502, name: "application_error", message: "Bad gateway." },
  noKey: { statusCode: 401, name: "missing_api_key", message: "Missing API key." },
  "no-key": { statusCode: 403, name: "invalid_api_key", message: "API key is invalid." },
  reused: { statusCode: 409, name: "invalid_idempotent_request", message: "Not the same mail." },
  unserved: { statusCode: 405, name: "method_not_allowed", message: "Not served here." },
  refuse: { statusCode: 422, name: "validation_error", message: "The recipient is not valid." },
};

function createMailKeeper() {
  const taken: TakenMail[] = [];
  const byKey = new Map<string, { id: string; body: string }>();
  const byBatch = new Map<string, { body: string; said: unknown }>();
  const keys: (string | null)[] = [];
  const late: (() => void)[] = [];
  let fault: Fault = { mode: "none" };
  let judge: (to: string[]) => OwnAnswer | null = () => null;
  const events = new Map<string, string>();
  const others: string[] = [];
  let judgeOther: (route: string) => OwnAnswer | "hang" | "cut" | null = () => null;

  /** Answers what is no mail to send. */
  function other(route: string, request: IncomingMessage, response: ServerResponse): void {
    others.push(route);
    const said = request.headers.authorization?.startsWith("Bearer ")
      ? (judgeOther(route) ?? ownAnswer(route))
      : { status: 401, body: failures.noKey };
    if (said === "cut") request.socket.destroy();
    else if (said !== "hang") answer(response, said.status, said.body, said.headers);
  }

  function ownAnswer(route: string): OwnAnswer {
    const [, id = ""] = /^GET \/emails\/(.+)$/.exec(route) ?? [];
    const mail = taken.find((one) => one.id === id);
    if (mail !== undefined) {
      const { from, to, subject } = mail;
      const said = { object: "email", id, from, to, subject, last_event: events.get(id) ?? "sent" };
      return { status: 200, body: said };
    }
    if (route.startsWith("DELETE /suppressions/")) {
      return { status: 200, body: { object: "suppression", id: randomUUID(), deleted: true } };
    }
    return { status: 404, body: { statusCode: 404, name: "not_found", message: "Not found." } };
  }

  function faultFor(to: string[]): FailMode {
    if (fault.mode === "none" || (fault.to !== undefined && !to.includes(fault.to))) return "none";
    if (fault.times === undefined) return fault.mode;
    fault = { ...fault, times: fault.times - 1 };
    return fault.times !== undefined && fault.times >= 0 ? fault.mode : "none";
  }

  // A key seen before gives the first answer again, and none to another mail than the first.
  function take(key: string | null, body: string): { status: number; said: unknown } {
    const before = key === null ? undefined : byKey.get(key);
    if (before !== undefined && before.body !== body) return { status: 409, said: failures.reused };
    const id = before?.id ?? randomUUID();
    if (before === undefined) {
      const mail = JSON.parse(body);
      taken.push({ headers: {}, ...mail, to: [mail.to].flat(), id, idempotencyKey: key });
    }
    if (key !== null) byKey.set(key, { id, body });
    return { status: 200, said: { id } };
  }

  async function send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = request.headers["idempotency-key"]?.toString() ?? null;
    const body = await bodyOf(request);
    keys.push(key);
    if (!request.headers.authorization?.startsWith("Bearer ")) {
      return answer(response, 401, failures.noKey);
    }
    const own = judge([JSON.parse(body).to].flat());
    if (own !== null) return answer(response, own.status, own.body, own.headers);
    const mode = faultFor([JSON.parse(body).to].flat());
    if (mode === "hang") return;
    if (mode === "cut") return void request.socket.destroy();
    if (mode === "false-ok") return answer(response, 200, failures["500"]);
    if (mode === "none" || mode === "half" || mode === "lost" || mode === "late") {
      const { status, said } = take(key, body);
      if (mode === "lost") return void request.socket.destroy();
      if (mode === "half") return half(response, said);
      if (mode === "late") await new Promise<void>((resolve) => late.push(resolve));
      return answer(response, status, said);
    }
    const retry = mode === "429" ? { "retry-after": String(fault.retryAfter ?? 1) } : {};
    answer(response, failures[mode].statusCode, failures[mode], retry);
  }

  const batches: { key: string | null; mails: number }[] = [];
  let areBatchesServed = true;

  // As Resend does where it is asked to be permissive: what is wrong with one keeps no other back.
  function takeAll(key: string | null, body: string) {
    const before = key === null ? undefined : byBatch.get(key);
    if (before !== undefined && before.body !== body) return { status: 409, said: failures.reused };
    if (before !== undefined) return { status: 200, said: before.said };
    const mails = JSON.parse(body) as { to: string[] | string }[];
    const errors: { index: number; message: string }[] = [];
    const data: { id: string }[] = [];
    for (const [index, mail] of mails.entries()) {
      const to = [mail.to].flat();
      const own = judge(to);
      if (own !== null) {
        errors.push({ index, message: String((own.body as { message?: string }).message) });
        continue;
      }
      const id = randomUUID();
      data.push({ id });
      taken.push({ headers: {}, ...(mail as object), to, id, idempotencyKey: key } as TakenMail);
    }
    const said = { data, errors };
    if (key !== null) byBatch.set(key, { body, said });
    return { status: 200, said };
  }

  async function sendAll(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = request.headers["idempotency-key"]?.toString() ?? null;
    const body = await bodyOf(request);
    batches.push({ key, mails: JSON.parse(body).length });
    if (!areBatchesServed) return answer(response, 405, failures.unserved);
    const mode = faultFor([]);
    if (mode === "hang") return;
    if (mode === "cut") return void request.socket.destroy();
    if (mode === "none" || mode === "lost") {
      const { status, said } = takeAll(key, body);
      if (mode === "lost") return void request.socket.destroy();
      return answer(response, status, said);
    }
    const known = mode === "429" ? "429" : "500";
    const retry = mode === "429" ? { "retry-after": String(fault.retryAfter ?? 1) } : {};
    answer(response, failures[known].statusCode, failures[known], retry);
  }

  return {
    send,
    sendAll,
    batches,
    serveBatches(are: boolean) {
      areBatchesServed = are;
    },
    keys,
    mails: (to?: string) => taken.filter((mail) => to === undefined || mail.to.includes(to)),
    answerWith(next: typeof judge) {
      judge = next;
    },
    other,
    others: () => [...others],
    answerOthersWith(next: typeof judgeOther) {
      judgeOther = next;
    },
    happened: (id: string, event: string) => void events.set(id, event),
    webhook(to: string, type: string, more: Record<string, unknown> = {}, at = new Date()) {
      const mail = taken.findLast((one) => one.to.includes(to));
      if (mail === undefined) throw new Error(`No mail went to ${to}.`);
      const id = mail.tags?.find(({ name }) => name === "mail")?.value;
      const named = { providerId: mail.id, to, ...(id === undefined ? {} : { id }) };
      return webhookOf(mailEvent(type, named, more, at));
    },
    letGo() {
      for (const answerNow of late.splice(0)) answerNow();
    },
    fail(next: Fault | FailMode) {
      fault = typeof next === "string" ? { mode: next } : next;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * Starts a fake of Resend on 127.0.0.1. Other processes read what it took at `GET /__mails?to=` and
 * set a fault by `POST /__mode` with a `Fault` as JSON.
 *
 * @param port 0 takes a free one
 */
export async function startFakeResend(port = 0): Promise<FakeResend> {
  const keeper = createMailKeeper();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const route = `${request.method} ${url.pathname}`;
    if (route === "POST /emails") return keeper.send(request, response);
    if (route === "POST /emails/batch") return keeper.sendAll(request, response);
    if (route === "GET /__mails") {
      return answer(response, 200, keeper.mails(url.searchParams.get("to") ?? undefined));
    }
    if (route === "POST /__mode") {
      keeper.fail(JSON.parse(await bodyOf(request)));
      return answer(response, 200, {});
    }
    keeper.other(decodeURIComponent(route), request, response);
  });
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  return {
    url,
    mails: keeper.mails,
    requests: () => [...keeper.keys],
    fail: keeper.fail,
    answerWith: keeper.answerWith,
    happened: keeper.happened,
    answerOthersWith: keeper.answerOthersWith,
    others: keeper.others,
    webhook: keeper.webhook,
    letGo: keeper.letGo,
    batches: () => [...keeper.batches],
    serveBatches: keeper.serveBatches,
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
