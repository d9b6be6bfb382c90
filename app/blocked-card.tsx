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

// Of a browser at a known place, or of a trusted one: a second factor was answered wrong, and no place is blocked.
const browserWords = {
  "wrong-codes-in-browser": { why: "whyInBrowser", elsewhere: "otherBrowser" },
  "wrong-codes-in-trusted-browser": { why: "whyInTrustedBrowser", elsewhere: "trustedPlaceOnly" },
} as const;

const browserBlocks = Object.keys(browserWords) as (keyof typeof browserWords)[];

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
  const ofBrowser = browserBlocks.find((one) => one === because) ?? null;
  const elsewhere = ofBrowser === null ? "trustedPlace" : browserWords[ofBrowser].elsewhere;
  const steps = ofBrowser === null ? [t.rich("wait", tags)] : [signIn.rich("waitFactor", tags)];
  return (
    <BlockCard
      title={t.rich("title", tags)}
      reason={
        <>
          <p>
            {ofBrowser === null
              ? t.rich("what", { ...tags, ...blocked })
              : signIn.rich("whatInBrowser", { ...tags, maskedEmail })}
          </p>
          <p>
            {ofBrowser !== null
              ? signIn(browserWords[ofBrowser].why, { attempts })
              : because === "not-me"
                ? signIn("whyNotMe")
                : t("why", { attempts })}
          </p>
          <p>{t.rich("since", await momentTags(since, { timeZone }))}</p>
        </>
      }
      next={{
        title: t("next"),
        steps: purpose === "sign-in" ? [...steps, signIn(elsewhere), signIn("newPassword")] : steps,
      }}
      supportId={referenceId}
      support={t.rich("support", { ...tags, reference })}
    />
  );
}
