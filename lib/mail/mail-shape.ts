import { paragraphsOf } from "@/emails/paragraphs";
import type { MailContents } from "@/lib/mail/mail-contents";

/** What decides which parts a mail has, whatever stands in them. */
export type MailShape = Pick<
  MailContents,
  "kind" | "locale" | "isBySupport" | "isOfStaff" | "isCut" | "isForAdmin"
> & {
  hasLink: boolean;
  hasNotMe: boolean;
  hasHappened: boolean;
  /** Whether staff wrote something, and whether it says anything. */
  message: "none" | "blank" | "words";
};

/** The shape of a mail's contents. */
export function shapeOf(contents: MailContents): MailShape {
  const { kind, locale, isBySupport, isOfStaff, isCut, isForAdmin, message } = contents;
  const isBlank = message !== null && paragraphsOf(message).length === 0;
  return {
    ...{ kind, locale, isBySupport, isOfStaff, isCut, isForAdmin },
    hasLink: contents.link !== null,
    hasNotMe: contents.notMe !== null,
    hasHappened: contents.happened.length > 0,
    message: message === null ? "none" : isBlank ? "blank" : "words",
  };
}
