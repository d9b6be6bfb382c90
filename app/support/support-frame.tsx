import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { SectionNav } from "@/components/section-nav";
import type { StaffRole } from "@/lib/account/roles";

const pages = {
  customers: "/support",
  cases: "/support/cases",
  questions: "/support/questions",
  figures: "/support/figures",
  audit: "/support/audit",
} as const;

const adminPages = { staff: "/support/staff", settings: "/support/settings" } as const;

export type SupportPage = keyof typeof pages | keyof typeof adminPages;

type SupportFrameProps = {
  role: StaffRole;
  /** The page that is open, or the one it belongs to. */
  current: SupportPage;
  children: ReactNode;
};

/** What every page of the staff's stands in: the way to the others that one's role may see. */
export async function SupportFrame({ role, current, children }: SupportFrameProps) {
  const t = await getTranslations("support.nav");
  const shown = { ...pages, ...(role === "admin" ? adminPages : {}) };
  const items = Object.entries(shown).map(([page, href]) => ({
    href,
    label: t(page as SupportPage),
    isCurrent: page === current,
  }));
  return (
    <div className="mx-auto grid w-full max-w-5xl grid-cols-1 gap-6">
      <SectionNav label={t("label")} items={items} />
      {children}
    </div>
  );
}
