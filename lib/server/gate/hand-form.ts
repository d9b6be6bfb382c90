import type { IncomingMessage, ServerResponse } from "node:http";
import { ACTION_PREFIX, actionField, actionIn } from "@/components/next-internals";
import { cookieName } from "@/lib/cookies/cookies";
import type { FormTable } from "@/lib/forms/form-table";
import { judgeForm, missingFields, queryOf, type SentField } from "@/lib/forms/judge-form";
import { copyOf, type FormBody, textsOf } from "@/lib/log/form-body";
import { log } from "@/lib/log/log";
import type { RequestContext } from "@/lib/log/request-context";
import { bodyLimit, replay } from "@/lib/server/gate/body";
import { broughtBy } from "@/lib/server/gate/context";
import { withoutCookie } from "@/lib/server/gate/cookie";
import { isUnder, KEEPING_PATH, PASSKEYS_PATH } from "@/lib/server/gate/path-rules";
import { pendingRedirect } from "@/lib/server/gate/pending-redirect";
import { passkeyOptions } from "@/lib/server/presses/passkey-options";
import { presses } from "@/lib/server/presses/presses";

type Form = {
  req: IncomingMessage;
  res: ServerResponse;
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  context: RequestContext;
  /** Decoded. */
  path: string;
  /** Sound, see `formIsSound`. */
  sent: FormBody;
  table: FormTable | undefined;
};

/**
 * Hands a form on to the action it is for, by what this build calls that. One that the site no
 * longer knows comes back on its own page as it was typed, and nothing is judged or counted.
 */
export async function handForm(form: Form): Promise<void> {
  const { req, res, handle, path, sent, table } = form;
  if (path === PASSKEYS_PATH) return answerOptions(form);
  if (path === KEEPING_PATH || sent.body.length > mostOfPages) {
    // Not judged here: what was typed is kept under the form's name.
    form.context.formName = await nameOf(form);
    return handle(replay(req, sent.body), res);
  }
  const fields = table === undefined ? null : await readFields(path, sent);
  const verdict =
    table === undefined || fields === null
      ? ({ kind: "pass" } as const)
      : judgeForm(table, path, [...fields].map(textOf));
  if (fields === null || verdict.kind === "pass") return handle(replay(req, sent.body), res);
  for (const name of [...fields.keys()].filter((name) => name.startsWith(ACTION_PREFIX))) {
    fields.delete(name);
  }
  if (verdict.kind === "stale") return bringBack(form, verdict.forms, fields);
  form.context.formName = verdict.form.name;
  form.context.formRoute = verdict.form.route;
  const address = { path, query: addressOf(req).query };
  const sentFields = [...fields.keys()];
  const meant = Object.entries(verdict.adds ?? {}).filter(([name]) => !sentFields.includes(name));
  const missing = [...missingFields(verdict.form, address, sentFields), ...meant];
  form.context.formMeans = missing;
  for (const [name, value] of missing) fields.append(name, value);
  const press = presses[verdict.form.name];
  if (press !== undefined) {
    form.context.press = () => press(fields);
    return handle(req, res);
  }
  fields.append(actionField(verdict.form.actionId), "");
  const rewritten = new Response(fields);
  const body = Buffer.from(await rewritten.arrayBuffer());
  // Its page moved since it was loaded: the action is run, and answers, where it is now.
  if (verdict.movedTo !== undefined) req.url = verdict.movedTo;
  req.headers["content-type"] = rewritten.headers.get("content-type") ?? "";
  return handle(replay(req, body), res);
}

/** Answers a page's script, past the framework as the forms that follow it. */
async function answerOptions({ res, sent, context }: Form): Promise<void> {
  // What fails from here on is ours, and not what was sent.
  context.reached = true;
  const { status, body } = await passkeyOptions(await sent.fields());
  const json = Buffer.from(JSON.stringify(body));
  const headers = { "Content-Type": "application/json", "Content-Length": json.length };
  res.writeHead(status, headers).end(json);
}

/** Which form says to be sent, whatever for. */
async function nameOf({ sent, table }: Form): Promise<string | undefined> {
  const ids = [...(await sent.fields()).keys()].map(actionIn);
  return ids.map((id) => table?.byId.get(id ?? "")?.form?.name).find((name) => name !== undefined);
}

const textOf = ([field, value]: [string, unknown]): SentField => [
  field,
  typeof value === "string" ? value : null,
];

function addressOf({ url = "" }: IncomingMessage): { bare: string; query: string } {
  const start = url.indexOf("?");
  return start < 0
    ? { bare: url, query: "" }
    : { bare: url.slice(0, start), query: url.slice(start + 1) };
}

// What no page takes is for routes of their own, and too large to be read twice.
const mostOfPages = bodyLimit("/").bytes;

/** Those of a form that may be one of a page's, as a copy to be changed. */
async function readFields(path: string, sent: FormBody): Promise<FormData | null> {
  if (isUnder(path, "/api")) return null;
  return copyOf(await sent.fields());
}

async function bringBack(form: Form, forms: readonly string[], fields: FormData): Promise<void> {
  const { req, res, handle, context, path, table } = form;
  const sent = textsOf(fields);
  const { bare, query } = addressOf(req);
  const own = query !== "" || table === undefined ? "" : queryOf(table, path, sent);
  // The browser sends the form again to its page's whole address, which then also is the answer's.
  if (own !== "") return void res.writeHead(307, { Location: `${bare}?${own}` }).end();
  log.info({ path, forms }, "form of an earlier page");
  context.staleForm = { forms, sent };
  // What fails from here on is the page, not the form.
  context.reached = true;
  leadOnByGet(res);
  const redirect = pendingRedirect("GET", path, req.headers.cookie);
  if (redirect !== null) return void res.writeHead(303, redirect).end();
  const page = replay(req, Buffer.alloc(0));
  page.method = "GET";
  for (const name of ["content-type", "content-length", "origin"]) delete page.headers[name];
  // An answer left by the form before this one would stand beside ours.
  page.headers.cookie = withoutCookie(req.headers.cookie, cookieName("notice"));
  context.brought = broughtBy(page);
  return handle(page, res);
}

// A browser would send the form once more to where a page's own redirect leads.
function leadOnByGet(res: ServerResponse): void {
  const writeHead = res.writeHead.bind(res) as (status: number, ...rest: unknown[]) => typeof res;
  res.writeHead = ((status: number, ...rest: unknown[]) =>
    writeHead(status === 307 || status === 308 ? 303 : status, ...rest)) as typeof res.writeHead;
}
