import type { IncomingMessage, ServerResponse } from "node:http";
import { TWO_STEP_PATH } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { currentRequest, type RequestContext } from "@/lib/log/request-context";
import { currentSession, readSessionCookie } from "@/lib/next-auth/session-cookie";
import { isPublicFile, isUnder, KEEPING_PATH } from "@/lib/server/gate/path-rules";

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

const wayIn = [
  ...["/login", "/signup", "/verify", "/forgot-password", "/reset-password", "/recover"],
  ...["/not-me", "/confirm-address", "/staff-invitation"],
];

/** What opens, with what lies below it, to whoever must have a factor and has none yet. */
const openBefore = [
  TWO_STEP_PATH,
  // The code that a factor is added by.
  "/account/confirm",
  // After too many codes without a right one only a new password has codes mailed again.
  "/account/password",
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

/** Whether what was asked for waits for no factor; a form by its own page, for any path takes it. */
function opensBefore({ path, formName, formRoute }: RequestContext): boolean {
  if (formRoute !== undefined && formName === SIGN_OUT) return true;
  const asked = formRoute ?? path ?? "/";
  return isPublicFile(asked) || openBefore.some((folder) => isUnder(asked, folder));
}

/**
 * Leads whoever must have a factor and has none to where they get one; hands everything else on. Asked of
 * every request that the app or a form's step answers, so that what is added to the site is guarded by
 * itself; what a script of passkeys asks the gate for, to add one, is no such request.
 */
export function enrolFirstOr(handle: Handle): Handle {
  return async (req, res) => {
    const context = currentRequest();
    if (context === undefined || opensBefore(context) || !(await mustEnrol(context))) {
      return handle(req, res);
    }
    // 303: the form must not be sent on.
    res.writeHead(303, { Location: TWO_STEP_PATH }).end();
  };
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
