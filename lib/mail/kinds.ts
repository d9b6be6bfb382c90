import type { MailKind } from "@/emails/mail-view";
import type { AnyMailRow, MailLinkType } from "@/lib/mail/mail-row";
import { mails } from "@/lib/mail/mails";

type Mails = typeof mails;

/** The kinds whose rows have all of some flags. */
export type KindWith<Flags> = {
  [Kind in MailKind]: Mails[Kind] extends Flags ? Kind : never;
}[MailKind];

export type { MailKind };
export type SecurityMailKind = KindWith<{ isSecurity: true }>;
export type ChangeMailKind = KindWith<{ template: "account-changed" }>;
export type ApplicantMailKind = KindWith<{ template: "case-for-applicant" }>;
export type OwnerMailKind = KindWith<{ template: "case-for-owner" }>;
export type StaffMailKind = KindWith<{ template: "staff-notice" }>;
export type StudioMailKind = KindWith<{ template: "studio-notice" }>;
export type ConfirmingMailKind = {
  [Kind in MailKind]: Mails[Kind]["carries"] extends Kind ? Kind : never;
}[MailKind];

export const mailKinds = Object.keys(mails) as MailKind[];

/** The mails that report one change on the account; each is an activity of that name too. */
export const changeMails = kindsWith({ template: "account-changed" });

/** The mails that ask to confirm an address; each carries a link of its own name. */
export const confirmingMails = mailKinds.filter(
  (kind): kind is ConfirmingMailKind => mails[kind].carries === kind,
);

/** The row of a kind, for whoever does not know which. */
export function rowOf(kind: MailKind): AnyMailRow {
  return mails[kind];
}

/** A kind as it was stored; null for one that this version does not know. */
export const readKind = (stored: string): MailKind | null =>
  mailKinds.find((kind) => kind === stored) ?? null;

/** The kinds whose rows have all of some flags. */
export function kindsWith<const Flags extends Partial<AnyMailRow>>(
  flags: Flags,
): KindWith<Flags>[] {
  const names = Object.keys(flags) as (keyof AnyMailRow)[];
  const has = (kind: MailKind) => names.every((name) => rowOf(kind)[name] === flags[name]);
  return mailKinds.filter(has) as KindWith<Flags>[];
}

/** The link that a kind of mail carries; null: none. */
export function linkTypeOf(kind: MailKind): MailLinkType | null {
  const { carries } = mails[kind];
  return carries === "code" ? null : carries;
}
