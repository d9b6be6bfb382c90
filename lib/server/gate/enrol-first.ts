import type { IncomingMessage, ServerResponse } from "node:http";
import { CODES_WITHOUT_A_RIGHT_ONE } from "@/lib/challenge/rules/limits";
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
  ...wayIn,
  ...["/help", "/status"],
  // Of nobody who is signed in: a demo installation's mails, files of the build, what monitoring asks for.
  ...["/mailbox", "/_next", "/.well-known", "/api/health"],
  // Says who is signed in, signs out and in.
  "/api/auth",
  // What each of these pages has around it: the choice of a language, and what a browser says of its zone.
  ...["/language", KEEPING_PATH, "/time-zone"],
];

// It stands on every page; its own is one of those that wait.
const SIGN_OUT = "sign-out";

const PASSWORD_PATH = "/account/password";

/** The path that is asked for: of a form its own page's, for any path takes it. */
const askedOf = ({ path, formRoute }: RequestContext): string => formRoute ?? path ?? "/";

/** Whether what was asked for waits for no factor. */
function opensBefore(context: RequestContext): boolean {
  if (context.formRoute !== undefined && context.formName === SIGN_OUT) return true;
  const asked = askedOf(context);
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
    const account = (await currentSession())?.account;
    if (account === undefined || !account.mustEnrol) return false;
    // Then only a new password has the code mailed again that a factor is added by.
    const codesUsedUp = account.codesSinceRight >= CODES_WITHOUT_A_RIGHT_ONE;
    return !(codesUsedUp && isUnder(askedOf(context), PASSWORD_PATH));
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    // The app may find it back again: whoever asks it for the session looks then.
    context.enrolUnjudged = true;
    return false;
  }
}
