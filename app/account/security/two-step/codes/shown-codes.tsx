import { accountWords } from "@/app/account/account-words";
import { Button, ButtonLink } from "@/components/button";
import type { LiveSession } from "@/lib/account/session-store";
import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { getTranslations } from "@/lib/i18n/translations";
import { shownEmail } from "@/lib/typed/email-address";

type ShownCodesProps = { session: LiveSession; codes: readonly string[] };

/** New recovery codes, to be kept: by hand, as a file or on paper. */
export async function ShownCodes({ session, codes }: ShownCodesProps) {
  const t = await getTranslations("twoStep.shown");
  const words = await accountWords(session);
  const account = shownEmail(session.account.email);
  return (
    <>
      <section data-printed="" className="grid gap-4">
        <div className="[overflow-wrap:anywhere]">
          <h2 className="font-semibold text-lg leading-snug">
            {t("title2", { brand: env().brand.name })}
          </h2>
          <p>{account}</p>
        </div>
        <ol className="grid gap-x-6 gap-y-2 rounded-lg bg-sunken px-4 py-4 font-mono text-lg sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code} className="whitespace-nowrap" translate="no">
              {code}
            </li>
          ))}
        </ol>
        <p>{t("each", { date: words.when(readClock()) })}</p>
      </section>
      <div className="grid gap-5">
        {/* Posted to a route, whose answer is the file itself. */}
        <form action="/account/security/two-step/codes/file" method="post">
          <input type="hidden" name="codes" value={codes.join(" ")} />
          <Button kind="secondary">{t("save")}</Button>
        </form>
        <p className="text-quiet">{t("print")}</p>
        <ButtonLink href="/account/security/two-step">{t("kept")}</ButtonLink>
      </div>
    </>
  );
}
