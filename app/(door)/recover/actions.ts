"use server";

import { redirect } from "next/navigation";
import { fillDraft } from "@/app/(door)/recover/fill-draft";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { readDraftCookie, setDraftCookie } from "@/lib/cases/request/draft-cookie";
import { type Lost, readDraftPage, typedLost } from "@/lib/cases/request/draft-page";
import { type Applicant, findApplicant } from "@/lib/cases/request/find-applicant";
import { startDraft } from "@/lib/cases/request/start-draft";
import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { pageLocale } from "@/lib/i18n/page-locale";
import { currentSession } from "@/lib/next-auth/session-cookie";
import { oneValue } from "@/lib/password/typed-credentials";

const PATH = "/recover";

async function applicantOf(forOther: boolean): Promise<Applicant> {
  if (forOther) return { proof: "nothing" };
  return findApplicant(await currentSession(), await readPendingCookie());
}

/** The page as it was, for a form that comes back to it. */
function startPath(forOther: boolean, lost: Lost): string {
  const query = new URLSearchParams({
    ...(forOther ? { for: "other" } : {}),
    ...(lost === "mailbox" ? {} : { lost }),
  }).toString();
  return query === "" ? PATH : `${PATH}?${query}`;
}

/** Begins a draft, unless this browser has one already. */
export async function startAction(form: FormData): Promise<void> {
  const client = clientNow();
  const forOther = oneValue(form, "for") === "other";
  const lost = typedLost(oneValue(form, "lost"));
  const path = startPath(forOther, lost);
  const typed = oneValue(form, "email") ?? "";
  const locale = await pageLocale();
  const present = await readDraftCookie();
  const outcome = await orUnavailable(path, async () => {
    if ((await readDraftPage(present)).kind === "draft") return { kind: "present" } as const;
    const browserId = await rememberBrowser();
    return startDraft(await applicantOf(forOther), typed, client, locale, browserId, lost);
  });
  const refused = { form: "recover-start" } as const;
  switch (outcome.kind) {
    case "present":
      return redirect(PATH);
    case "started":
      await setDraftCookie(outcome.id);
      return answerDone(PATH, "recover-started", { until: outcome.expiresAt.toISOString() });
    case "invalid":
      return refuse(path, { ...refused, errors: { email: outcome.error } });
    case "too-many":
      return refuse(path, { ...refused, reason: "tooManyDrafts", until: outcome.until });
  }
}

/** Fills this browser's draft in, and does what was pressed. */
export async function fillDraftAction(form: FormData): Promise<void> {
  return fillDraft(form);
}
