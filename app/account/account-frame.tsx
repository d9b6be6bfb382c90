import type { ReactNode } from "react";
import { ClosingNotice } from "@/app/account/data/closing-notice";
import { SectionNav, type SectionNavProps } from "@/components/section-nav";
import { workplaceOf } from "@/lib/account/roles";
import type { LiveSession } from "@/lib/account/session-store";
import { getTranslations } from "@/lib/i18n/translations";

// Each with the words it is called by, which may stand among its own.
const pages = {
  overview: { href: "/account", label: "account.nav.overview" },
  security: { href: "/account/security", label: "account.nav.security" },
  contact: { href: "/account/contact", label: "account.nav.contact" },
  password: { href: "/account/password", label: "account.nav.password" },
  activity: { href: "/account/activity", label: "account.nav.activity" },
  data: { href: "/account/data", label: "account.nav.data" },
} as const;

type AccountFrameProps = {
  session: LiveSession;
  /** The page that is open, or the one it belongs to. */
  current: keyof typeof pages;
  /** The way to the pages beside it, where it is one of several on its subject. */
  beside?: ReactNode;
  children: ReactNode;
};

/** What every page of the customer area stands in: the way to the others, and a closing under way. */
export async function AccountFrame({ session, current, beside, children }: AccountFrameProps) {
  const t = await getTranslations();
  const items: SectionNavProps["items"][number][] = Object.entries(pages).map(
    ([page, { href, label }]) => ({ href, label: t(label), isCurrent: page === current }),
  );
  const workplace = workplaceOf(session.account.role);
  if (workplace !== null) {
    const label = t(workplace === "/support" ? "account.nav.support" : "account.nav.templates");
    items.push({ href: workplace, label, isCurrent: false });
  }
  return (
    <div className="mx-auto grid w-full max-w-2xl grid-cols-1 gap-6">
      <div className="grid grid-cols-1 gap-1">
        <SectionNav label={t("account.nav.label")} items={items} />
        {beside}
      </div>
      <ClosingNotice session={session} />
      {children}
    </div>
  );
}
