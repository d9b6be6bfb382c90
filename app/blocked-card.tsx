import { BlockCard } from "@/components/block-card";
import { ipText } from "@/lib/client/ip-text";
import { env } from "@/lib/env/env";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { PendingPage } from "@/lib/sign-in/pending-page";

type BlockedCardProps = {
  purpose: "sign-in" | "sign-up";
  maskedEmail: string;
  ip: string | null;
  since: Date;
  until: Date;
  reference: string;
  because: Extract<PendingPage["state"], { kind: "blocked" }>["because"];
  timeZone?: string | null;
  /** The id of the line with the reference. */
  referenceId?: string;
};

/**
 * The block of one address from one IP: what, why, since and until when, what helps, what support
 * needs to hear.
 */
export async function BlockedCard(props: BlockedCardProps) {
  const { purpose, maskedEmail, ip, since, until, reference, because, timeZone, referenceId } =
    props;
  const signIn = await getTranslations("login.blocked");
  const signUp = await getTranslations("signup.blocked");
  const t = purpose === "sign-up" ? signUp : (signIn as typeof signUp);
  const common = await getTranslations("common");
  const tags = await momentTags(until, { timeZone });
  const blocked = { maskedEmail, ip: ipText(ip, common("networkUnknown")) };
  const attempts = env().codeMaxAttempts;
  const elsewhere = [signIn("trustedPlace"), signIn("newPassword")];
  return (
    <BlockCard
      title={t.rich("title", tags)}
      reason={
        <>
          <p>{t.rich("what", { ...tags, ...blocked })}</p>
          <p>
            {because === "not-me"
              ? signIn("whyNotMe")
              : because === "wrong-codes-in-browser"
                ? signIn("whyInBrowser", { attempts })
                : t("why", { attempts })}
          </p>
          <p>{t.rich("since", await momentTags(since, { timeZone }))}</p>
        </>
      }
      next={{
        title: t("next"),
        steps: [t.rich("wait", tags), ...(purpose === "sign-in" ? elsewhere : [])],
      }}
      supportId={referenceId}
      support={t.rich("support", { ...tags, reference })}
    />
  );
}
