import type { IncomingMessage, ServerResponse } from "node:http";
import { cookieName } from "@/lib/cookies/cookies";
import { isDatabaseDown } from "@/lib/db/database-down";
import { isErrorOn } from "@/lib/forms/is-error-on";
import { type Notice, noticeSchema } from "@/lib/forms/notice-schema";
import {
  eraseInput,
  findInput,
  inputHeldBy,
  inputNamedBy,
  MARK_PARAMETER,
} from "@/lib/forms/returned-input";
import type { TypedInput } from "@/lib/forms/typed-input";
import type { RequestContext, ReturnedInput, StaleForm } from "@/lib/log/request-context";
import { unseal } from "@/lib/secrets/secrets";
import { readCookie } from "@/lib/server/gate/cookie";
import { isPublicFile, readQuery } from "@/lib/server/gate/path-rules";

const asForm = ({ form, sent }: TypedInput): StaleForm => ({ forms: [form], sent });

function noticeIn(cookie: string | undefined): Notice | null {
  const left = noticeSchema.safeParse(unseal("notice", cookie));
  return left.success ? left.data : null;
}

// What a browser fetches ahead may never be looked at.
const isAhead = ({ headers }: IncomingMessage) => /prefetch/.test(String(headers["sec-purpose"]));

/**
 * Has a page show again what was typed into a form of it that was not taken. What waited for it in a
 * row is erased once the page has gone out with it: only then, so that a page that is lost on a bad
 * line can be asked for again.
 *
 * @param path decoded
 */
export async function bringInput(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
  path: string,
): Promise<void> {
  const cookie = (name: string) => readCookie(req.headers.cookie, name);
  const sealed = cookie(cookieName("notice"));
  const notice = noticeIn(sealed);
  const held = inputHeldBy(sealed);
  if (held !== null) context.returnedForm = asForm(held);
  context.answersRefused = notice !== null && isErrorOn(path, notice);
  const named = inputNamedBy(sealed);
  if (named === null || isAhead(req) || isPublicFile(path)) return;
  const query = new URLSearchParams(readQuery(req.url ?? "") ?? "");
  const mark = query.get(MARK_PARAMETER) ?? "";
  let found: ReturnedInput | null;
  try {
    found = await findInput(cookie, path, mark);
  } catch (error) {
    // It still waits: the page says what it can.
    if (isDatabaseDown(error)) return;
    throw error;
  }
  if (found === null) {
    // Of one that was sent along with something else nothing is missed: its page was shown at once.
    context.inputGone = named.path === path && notice !== null && "input" in notice;
    return;
  }
  const { id, input } = found;
  context.returnedInput = found;
  const waited = noticeSchema.safeParse(found.notice);
  context.answersRefused = waited.success && isErrorOn(path, waited.data);
  context.returnedForm = asForm(input);
  context.returnedBeside = input.beside?.map(asForm);
  res.once("finish", () => {
    if (req.method !== "GET" || res.statusCode !== 200 || !context.inputShown) return;
    void eraseInput(id);
  });
}
