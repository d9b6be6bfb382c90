import type {
  CodeMailView,
  LinkMailView,
  MailKind,
  MailView,
  SharedWords,
  Variant,
} from "@/emails/mail-view";
import type { Urgency } from "@/lib/mail/rules/urgency";
import type { TemplateFor, TemplateName } from "@/lib/mail/templates";
import type { LinkPurpose } from "@/lib/secrets/link-token";

/** What a link in a mail is for; one mail carries one such link, beside the standing "that was not me". */
export type MailLinkType = Exclude<LinkPurpose, "not-me">;

/** What is known of a kind of mail; its words stand in the sections of its name in `emails/copy/`. */
export type MailRow<Kind extends MailKind> = MailFlags & Carrying<Kind>;

/** A row of whichever kind. */
export type AnyMailRow = MailFlags & {
  carries: "code" | MailLinkType | null;
  template: TemplateName;
};

type MailFlags = {
  /**
   * A security mail says what happened to an account: every confirmed address gets it, each with a link
   * "that was not me" of its own.
   */
  isSecurity: boolean;
  /** Whether it may carry the standing link "that was not me", whatever else it carries. */
  hasNotMe: boolean;
  urgency: Urgency;
  /** Whether many of it within an hour come in one mail (`caps.ts`). */
  isCapped: boolean;
  /**
   * What `until` of its facts is the end of; null: it has none. A code's or link's life is counted
   * from the mail on.
   */
  expires: "code" | "link" | "block" | "wait" | "change" | "answer" | "pass" | "account" | null;
  /** Facts that its sentences name, so that it is no mail without them. */
  needs: readonly ("until" | "reference" | "more")[];
  /** How some of its facts are called; an end is a line among them only where it is called something. */
  labels: { readonly [fact in "address" | "by" | "reference" | "until"]?: keyof SharedWords };
  /** In which way it differs from others of its template. */
  variant: Variant | null;
};

/** What it carries that is made when it is rendered, and a template that can show that and its words. */
type Carrying<Kind extends MailKind> =
  | { carries: "code"; template: TemplateFor<CodeMailView<Kind>> }
  | { carries: MailLinkType; template: TemplateFor<LinkMailView<Kind>> }
  | { carries: null; template: TemplateFor<MailView<Kind>> };
