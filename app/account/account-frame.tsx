import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClosingNotice } from "@/app/account/data/closing-notice";
import { SectionNav } from "@/components/section-nav";
import type { LiveSession } from "@/lib/auth/session-store";

const pages = {
  overview: "/account",
  security: "/account/security",
  contact: "/account/contact",
  password: "/account/password",
  activity: "/account/activity",
  data: "/account/data",
} as const;

type AccountFrameProps = {
  session: LiveSession;
  /** The page that is open, or the one it belongs to. */
  current: keyof typeof pages;
  children: ReactNode;
};

/** What every page of the customer area stands in: the way to the others, and a closing under way. */
export async function AccountFrame({ session, current, children }: AccountFrameProps) {
  const t = await getTranslations("account.nav");
  const items = Object.entries(pages).map(([page, href]) => ({
    href,
    label: t(page as keyof typeof pages),
    isCurrent: page === current,
  }));
  return (
    <div className="mx-auto grid w-full max-w-2xl grid-cols-1 gap-6">
      <SectionNav label={t("label")} items={items} />
      <ClosingNotice session={session} />
      {children}
    </div>
  );
}
