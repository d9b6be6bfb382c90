import { asksForTrust, CODE_FORM, pendingOfPage } from "@/app/(door)/verify/pending-of-page";
import { readDraftCookie } from "@/lib/cases/request/draft-cookie";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import { isDatabaseDown } from "@/lib/db/database-down";
import { currentRequest } from "@/lib/log/request-context";

/** The id of the form that a page is for. */
export const PAGE_FORM = "page-form";

/** Where the language switch sends its choice. */
export const LANGUAGE_ACTION = "/language";

/** Where it sends a form that is to be kept. */
export const KEEPING_ACTION = "/api/language";

/** The form that the language switch sends along, so that what was typed and chosen stays. */
type BesideSwitch = {
  id: string;
  /** Left out: its own action, which knows what to do. */
  action?: string;
};

const has = async () => true;

// Whether each of these pages shows its form: a button of a form that is not there would do nothing.
const pages: Record<string, (query: URLSearchParams) => Promise<boolean>> = {
  "/login": has,
  "/signup": has,
  "/forgot-password": has,
  "/recover": async (query) =>
    query.get("for") === "new" || (await readDraftPage(await readDraftCookie())).kind !== "sent",
  "/recover/status": async (query) => !query.has("token"),
};

/**
 * The form of the page being shown that is sent along with the choice of a language, also without
 * scripts. Of other forms a script takes along what was typed (components/scripts/typed-beside.ts).
 */
export async function formBesideSwitch(): Promise<BesideSwitch | undefined> {
  const { path, query } = currentRequest() ?? {};
  if (path === "/verify") {
    const pending = await pendingOfPage();
    const isAsked = pending !== null && pending.state.kind === "open" && asksForTrust(pending);
    return isAsked ? { id: CODE_FORM } : undefined;
  }
  const isShown = await isFormShown(path ?? "", new URLSearchParams(query));
  return isShown ? { id: PAGE_FORM, action: KEEPING_ACTION } : undefined;
}

async function isFormShown(path: string, query: URLSearchParams): Promise<boolean> {
  try {
    return (await pages[path]?.(query)) ?? false;
  } catch (error) {
    // The page says so itself, and the switch is to work all the same.
    if (isDatabaseDown(error)) return false;
    throw error;
  }
}
