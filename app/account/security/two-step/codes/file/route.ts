import { accountWords } from "@/app/account/account-words";
import { requireActor } from "@/app/account/actor";
import { orUnavailable } from "@/app/forms/answer";
import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { getTranslations } from "@/lib/i18n/translations";
import { oneValue } from "@/lib/password/typed-credentials";
import { areLiveCodes } from "@/lib/two-step/make-recovery-codes";
import { shownEmail } from "@/lib/typed/email-address";

const PATH = "/account/security/two-step/codes";

/** Recovery codes that a page has just shown, as a file: we do not have them any more ourselves. */
export async function POST(request: Request): Promise<Response> {
  const { session } = await orUnavailable(PATH, () => requireActor(PATH));
  const sent = oneValue(await request.formData(), "codes") ?? "";
  const codes = sent.length > 400 ? [] : sent.split(" ");
  if (!(await orUnavailable(PATH, () => areLiveCodes(session, codes)))) {
    return Response.redirect(new URL(PATH, request.url), 303);
  }
  const t = await getTranslations("twoStep.shown");
  const { when } = await accountWords(session);
  const account = shownEmail(session.account.email);
  const title = t("title2", { brand: env().brand.name });
  const each = t("each", { date: when(readClock()) });
  const lines = [title, account, "", ...codes, "", each, ""];
  return new Response(lines.join("\r\n"), {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": 'attachment; filename="recovery-codes.txt"',
    },
  });
}
