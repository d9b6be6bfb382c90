import type { ServerResponse } from "node:http";
import { TWO_STEP_PATH } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import type { FormVerdict } from "@/lib/forms/judge-form";
import type { RequestContext } from "@/lib/log/request-context";
import { currentSession, readSessionCookie } from "@/lib/next-auth/session-cookie";
import { isPublicFile, isUnder, KEEPING_PATH } from "@/lib/server/gate/path-rules";

const wayIn = [
  ...["/login", "/signup", "/verify", "/forgot-password", "/reset-password", "/recover"],
  ...["/not-me", "/confirm-address", "/staff-invitation"],
];

/** What opens, with what lies below it, to whoever must have a factor and has none yet. */
const openBefore = [
  TWO_STEP_PATH,
  // The code that a factor is added by.
  "/account/confirm",
  ...wayIn,
  "/help",
  // Of nobody who is signed in: a demo installation's mails, files of the build, what monitoring asks for.
  ...["/mailbox", "/_next", "/.well-known", "/api/health"],
  // Says who is signed in, signs out and in.
  "/api/auth",
  // What each of these pages has around it: the choice of a language, and what a browser says of its zone.
  ...["/language", KEEPING_PATH, "/time-zone"],
];

// It stands on every page; its own is one of those that wait.
const SIGN_OUT = "sign-out";

const opensBefore = (path: string): boolean =>
  isPublicFile(path) || openBefore.some((folder) => isUnder(path, folder));

/**
 * Leads whoever must have a factor and has none to where they get one, instead of answering. Asked of every
 * request, so that what is added to the site is guarded by itself.
 *
 * @param path decoded
 * @param form what the form is that was sent, if one was: any page's path takes the form of another
 * @returns whether the request is answered by that
 */
export async function enrolsFirst(
  res: ServerResponse,
  context: RequestContext,
  path: string,
  form?: FormVerdict,
): Promise<boolean> {
  if (form?.kind === "take" && form.form.name === SIGN_OUT) return false;
  if (opensBefore(form?.kind === "take" ? form.form.route : path)) return false;
  if (!(await mustEnrol(context))) return false;
  // 303: the form must not be sent on.
  res.writeHead(303, { Location: TWO_STEP_PATH }).end();
  return true;
}

async function mustEnrol(context: RequestContext): Promise<boolean> {
  if ((await readSessionCookie()) === null) return false;
  try {
    return (await currentSession())?.account.mustEnrol ?? false;
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    // The app may find it back again: whoever asks it for the session looks then.
    context.enrolUnjudged = true;
    return false;
  }
}
