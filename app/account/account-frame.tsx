import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClosingNotice } from "@/app/account/data/closing-notice";
import { SectionNav, type SectionNavProps } from "@/components/section-nav";
import type { LiveSession } from "@/lib/account/session-store";

// Where staff of each role work.
const workplaces: Partial<Record<string, string>> = { support: "/support", admin: "/support" };

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
  const items: SectionNavProps["items"][number][] = Object.entries(pages).map(([page, href]) => ({
    href,
    label: t(page as keyof typeof pages),
    isCurrent: page === current,
  }));
  const workplace = workplaces[session.account.role];
  if (workplace !== undefined) {
    items.push({ href: workplace, label: t("support"), isCurrent: false });
  }
  return (
    <div className="mx-auto grid w-full max-w-2xl grid-cols-1 gap-6">
      <SectionNav label={t("label")} items={items} />
      <ClosingNotice session={session} />
      {children}
    </div>
  );
}
