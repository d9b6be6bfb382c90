import { isDatabaseDown } from "@/lib/db/database-down";
import type { FormBody } from "@/lib/log/form-body";
import { describeError, log } from "@/lib/log/log";
import { type RequestContext, requestOfToken, tokenHeader } from "@/lib/log/request-context";
import { readCookies } from "@/lib/server/gate/cookie";

/** A request as Next reports it. */
export type FailedRequest = {
  path: string;
  method: string;
  headers: NodeJS.Dict<string | string[]>;
};

/** Where in the app it failed, as Next reports it. */
export type FailedPart = { routePath: string; routeType: string };

// Next reports one error for each of the renderings it broke.
const reported = new WeakMap<RequestContext, Set<string>>();

function isReported(context: RequestContext | undefined, error: unknown): boolean {
  if (context === undefined) return false;
  const known = reported.get(context) ?? new Set();
  reported.set(context, known);
  const { digest, message }: { digest?: unknown; message?: unknown } = Object(error);
  const key = String(digest ?? message);
  if (known.has(key)) return true;
  known.add(key);
  return false;
}

/** All that the browser sent and that an error may quote: the query, the form's fields, cookies. */
async function sentValues(
  { path, headers }: FailedRequest,
  form: RequestContext["form"],
): Promise<string[]> {
  const query = new URLSearchParams(path.split("?", 2)[1] ?? "");
  const cookies = [headers.cookie ?? []].flat().flatMap(readCookies);
  const fields = form === undefined ? [] : await fieldsOf(form);
  return [...query.values(), ...cookies.map(({ name, value }) => value ?? name), ...fields];
}

async function fieldsOf(form: FormBody) {
  try {
    const values = (await form.fields()).values();
    return [...values].map((value) => (typeof value === "string" ? value : value.name));
  } catch {
    // JSON: no page takes it.
    return [form.body.toString("utf8")];
  }
}

function without(values: readonly string[], described: unknown): unknown {
  if (typeof described === "string") {
    return values.reduce((text, value) => text.replaceAll(value, "[sent]"), described);
  }
  if (typeof described !== "object" || described === null || Array.isArray(described)) {
    return described;
  }
  const fields = Object.entries(described).map(([name, field]) => {
    const quotes = name === "message" || name === "cause";
    return [name, quotes ? without(values, field) : field];
  });
  return Object.fromEntries(fields);
}

/**
 * Writes one line for an error that a page, a route or an action threw, with the id of its request. That
 * the database is away is left to the gate (`log-answer.ts`), which also knows what went on without
 * it. Of what the browser sent nothing is in it: neither the query nor a field, also where the
 * error quotes it.
 *
 * @param error what was thrown, from anywhere
 */
export async function logRequestError(
  error: unknown,
  request: FailedRequest,
  part: FailedPart,
): Promise<void> {
  const token = [request.headers[tokenHeader]].flat()[0];
  const context = requestOfToken(token);
  const { routePath: route, routeType: kind } = part;
  // Whoever asks for too much must not fill the log: it was reported already, once for all.
  if (context?.overShare) return;
  if (context !== undefined && isDatabaseDown(error)) {
    // The gate writes the line: one, whatever else fails for the same reason or goes on without it.
    context.databaseDown = true;
    context.databaseFault ??= error;
    context.databaseFaultAt ??= { route, kind };
    return;
  }
  if (isReported(context, error)) return;
  const sent = await sentValues(request, context?.form);
  // Shorter ones are words of any message; the longest first, for it may hold another.
  const quoted = sent.filter((value) => value.length > 2).sort((a, b) => b.length - a.length);
  const err = without(quoted, describeError(error));
  const own = context === undefined ? {} : { requestId: context.requestId };
  const fields = { ...own, method: request.method, route, kind, err };
  log.error(fields, "A request failed");
}
