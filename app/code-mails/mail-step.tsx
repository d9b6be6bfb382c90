import type { ReactNode } from "react";
import { TextLink } from "@/components/text-link";
import type { LookFor, NextStep, OtherAddress, Purpose } from "@/lib/challenge/code-lines";
import { env } from "@/lib/env/env";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

/** The form with which a page sends its code again to one address alone: its button's words, and which. */
export type SendsAgain = (label: string, to: string) => ReactNode;

type MailStepProps = {
  step: NextStep;
  purpose: Purpose;
  /** Until when the code counts. */
  expiresAt: Date;
  timeZone: string | null;
  lookFor: LookFor;
  /** Another address that takes the code; null: none does. */
  other: OtherAddress | null;
  /** Whether the code may still be sent again. */
  canResend: boolean;
  /** Null: no button may stand here, as within a form. */
  sendAgain: SendsAgain | null;
};

/** What helps with the mail of a line, if anything but waiting does. */
export async function MailStep(props: MailStepProps) {
  const { step, purpose, expiresAt, timeZone, lookFor, other, canResend } = props;
  // Beyond that a button would only say so.
  const sendAgain = canResend ? props.sendAgain : null;
  const t = await getTranslations("verify.step");
  const ofSignIn = purpose === "sign-in";
  const until = await momentTags(expiresAt, { timeZone });
  switch (step) {
    case "wait":
      return t("wait");
    case "try-later":
      return t(laterOf[purpose]);
    case "look-in-spam":
      return t.rich("lookInSpam", {
        ...lookFor,
        name: (words: ReactNode) => <span className="[overflow-wrap:anywhere]">{words}</span>,
      });
    case "wait-until":
      return t.rich(ofSignIn ? "waitUntil" : "waitUntilOther", until);
    case "other-address": {
      if (other === null) return null;
      const words = t.rich("otherAddress", {
        other: other.shownEmail,
        address: (words: ReactNode) => <strong className="whitespace-nowrap">{words}</strong>,
      });
      if (sendAgain === null) return words;
      return (
        <>
          {words}
          <div className="mt-1">
            {sendAgain(t("sendThere", { other: other.shownEmail }), other.to)}
          </div>
        </>
      );
    }
    case "make-room":
      return t("makeRoom");
    case "make-room-anew":
      return t.rich(ofSignIn ? "makeRoomAnew" : "makeRoomAnewOther", until);
    case "send-again":
      return t("sendAgain");
    case "start-anew":
      return t.rich(ofSignIn ? "startAnew" : "startAnewOther", until);
    case "check-address":
      if (purpose !== "sign-up") return t("checkAddressBelow");
      return t.rich("checkAddress", { link: toSignUp });
    case "another-address":
      if (purpose !== "sign-up") return t("anotherAddressBelow");
      return t.rich("anotherAddress", { link: toSignUp });
    case "call-us":
      return t(ofSignIn ? "callUs" : "callUsOther");
    case "write-to-us":
      return t.rich(ofSignIn ? "writeToUs" : "writeToUsOther", { link: toSupport });
    case "recover":
      return t.rich("recover", {
        link: (words: ReactNode) => <TextLink href="/recover">{words}</TextLink>,
      });
  }
}

const laterOf = {
  "sign-in": "later",
  "sign-up": "laterSignUp",
  widening: "laterOther",
  "new-address": "laterOther",
} as const satisfies Record<Purpose, string>;

const toSupport = (words: ReactNode) => (
  <TextLink href={`mailto:${env().support.email}`}>{words}</TextLink>
);

const toSignUp = (words: ReactNode) => <TextLink href="/signup">{words}</TextLink>;
