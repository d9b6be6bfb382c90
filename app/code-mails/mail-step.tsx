import type { ReactNode } from "react";
import { TextLink } from "@/components/text-link";
import type { LookFor, NextStep, Purpose } from "@/lib/challenge/code-lines";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

/** The form with which a page sends its code again; its button says what is handed to it. */
export type SendsAgain = (label: string) => ReactNode;

type MailStepProps = {
  step: NextStep;
  purpose: Purpose;
  /** Until when the code counts. */
  expiresAt: Date;
  timeZone: string | null;
  lookFor: LookFor;
  /** Another address that takes the code; null: none does. */
  other: string | null;
  /** Null: no button may stand here, as within a form. */
  sendAgain: SendsAgain | null;
};

/** What helps with the mail of a line, if anything but waiting does. */
export async function MailStep(props: MailStepProps) {
  const { step, purpose, expiresAt, timeZone, lookFor, other, sendAgain } = props;
  const t = await getTranslations("verify.step");
  switch (step) {
    case "wait":
      return t("wait");
    case "look-in-spam":
      return t.rich("lookInSpam", {
        ...lookFor,
        name: (words: ReactNode) => <span className="[overflow-wrap:anywhere]">{words}</span>,
      });
    case "wait-until": {
      const tags = await momentTags(expiresAt, { timeZone });
      return t.rich(purpose === "sign-in" ? "waitUntil" : "waitUntilOther", tags);
    }
    case "other-address": {
      const words = t.rich("otherAddress", {
        other: other ?? "",
        address: (words: ReactNode) => <strong className="whitespace-nowrap">{words}</strong>,
      });
      if (sendAgain === null) return words;
      return (
        <>
          {words}
          <div className="mt-1">{sendAgain(t("sendThere", { other: other ?? "" }))}</div>
        </>
      );
    }
    case "make-room":
      return t("makeRoom");
    case "send-again":
      return t("sendAgain");
    case "check-address":
      if (purpose !== "sign-up") return t("checkAddressBelow");
      return t.rich("checkAddress", { link: toSignUp });
    case "another-address":
      if (purpose !== "sign-up") return t("anotherAddressBelow");
      return t.rich("anotherAddress", { link: toSignUp });
    case "call-us":
      return t(purpose === "sign-in" ? "callUs" : "callUsOther");
    case "recover":
      return t.rich("recover", {
        link: (words: ReactNode) => <TextLink href="/recover">{words}</TextLink>,
      });
  }
}

const toSignUp = (words: ReactNode) => <TextLink href="/signup">{words}</TextLink>;
