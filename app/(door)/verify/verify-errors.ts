import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { durationText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import type { PendingPage } from "@/lib/sign-in/pending-page";

/** What is wrong with the typed code, in the page's language. */
export async function verifyErrors(notice: Notice | null, pending: PendingPage) {
  if (pending.asks === "factor") return factorErrors(notice, pending);
  const t = await getTranslations("verify.errors");
  switch (notice?.kind) {
    case "not-a-code":
      return [{ field: "code", message: t(notice.empty ? "codeMissing" : "codeNotSixDigits") }];
    case "wrong-code": {
      const blockDuration = durationText(env().blockMinutes * 60, await getLocale());
      const key = pending.purpose === "sign-up" ? "codeWrongSignUp" : "codeWrong";
      return [{ field: "code", message: t(key, { left: notice.attemptsLeft, blockDuration }) }];
    }
    default:
      return [];
  }
}

async function factorErrors(notice: Notice | null, { placeKnown }: PendingPage) {
  const t = await getTranslations("verify.factor.errors");
  switch (notice?.kind) {
    case "not-a-code":
      return [{ field: "code", message: t(notice.empty ? "missing" : "noCode") }];
    case "wrong-code": {
      const blockDuration = durationText(env().blockMinutes * 60, await getLocale());
      const key = placeKnown ? "wrongInBrowser" : "wrong";
      return [{ field: "code", message: t(key, { left: notice.attemptsLeft, blockDuration }) }];
    }
    default:
      return [];
  }
}
