import type { ReactNode } from "react";
import { AccountFrame } from "@/app/account/account-frame";
import { SectionNav } from "@/components/section-nav";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";

const pages = {
  places: "/account/security",
  sessions: "/account/security/sessions",
  twoStep: "/account/security/two-step",
  history: "/account/security/history",
  mails: "/account/security/mails",
} as const;

type SecurityFrameProps = {
  session: LiveSession;
  current: keyof typeof pages;
  children: ReactNode;
};

/** What every page on an account's security stands in: the way to the others, one subject each. */
export async function SecurityFrame({ session, current, children }: SecurityFrameProps) {
  const t = await getTranslations("security.nav");
  const items = (Object.keys(pages) as (keyof typeof pages)[]).map((page) => ({
    href: pages[page],
    label: t(page),
    isCurrent: page === current,
  }));
  return (
    <AccountFrame
      session={session}
      current="security"
      beside={<SectionNav label={t("label")} items={items} />}
    >
      {children}
    </AccountFrame>
  );
}
