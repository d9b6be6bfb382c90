import { Notice } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import { readEntered } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/**
 * Says above the page after a sign-in that one is in and what became of the place, where something was asked
 * for, and that few recovery codes are left, where that is so.
 */
export async function EnteredNotice() {
  const entered = await readEntered();
  if (entered === null) return null;
  const t = await getTranslations("entered");
  const left = entered.recoveryCodesLeft ?? null;
  return (
    <div className="mx-auto mb-6 w-full max-w-2xl" data-said-once>
      <Notice>
        {entered.place === null ? null : <p>{t(entered.place)}</p>}
        {left === null ? null : (
          <p>
            {t.rich("recoveryCodesLeft", {
              left,
              link: (words) => <TextLink href="/account/security/two-step">{words}</TextLink>,
            })}
          </p>
        )}
      </Notice>
    </div>
  );
}
