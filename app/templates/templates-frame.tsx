import type { ReactNode } from "react";
import { StaffMailAlarm } from "@/app/staff-mail-alarm";
import { SectionNav } from "@/components/section-nav";
import { type StaffRole, supportRoles } from "@/lib/account/roles";
import { getTranslations } from "@/lib/i18n/translations";

const pages = {
  texts: "/templates",
  blocks: "/templates/blocks",
  frame: "/templates/frame",
  images: "/templates/images",
  transfer: "/templates/transfer",
  settings: "/templates/settings",
  help: "/templates/help",
} as const;

export type TemplatesPage = keyof typeof pages;

type TemplatesFrameProps = {
  role: StaffRole;
  /** The page that is open, or the one it belongs to. */
  current: TemplatesPage;
  children: ReactNode;
};

/** What every page of the studio stands in: the way to the others, and to the desk for whoever works there. */
export async function TemplatesFrame({ role, current, children }: TemplatesFrameProps) {
  const t = await getTranslations("templates.nav");
  const worksAtDesk = supportRoles.some((one) => one === role);
  const items = Object.entries(pages).map(([page, href]) => ({
    href,
    label: t(page as TemplatesPage),
    isCurrent: page === current,
  }));
  const desk = { href: "/support", label: t("desk"), isCurrent: false };
  return (
    <div className="mx-auto grid w-full max-w-5xl grid-cols-1 gap-6">
      <SectionNav label={t("label")} items={[...items, ...(worksAtDesk ? [desk] : [])]} />
      <StaffMailAlarm seesFigures={worksAtDesk} />
      {children}
    </div>
  );
}
