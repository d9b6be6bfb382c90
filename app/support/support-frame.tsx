import type { ReactNode } from "react";
import { StaffMailAlarm } from "@/app/staff-mail-alarm";
import { waitingFigure, waitingText } from "@/app/support/waiting-text";
import { SectionNav } from "@/components/section-nav";
import type { StaffRole } from "@/lib/account/roles";
import { getTranslations } from "@/lib/i18n/translations";
import { readWaitingCounts, type WaitingCounts } from "@/lib/support/what-waits";

const pages = {
  customers: "/support",
  cases: "/support/cases",
  questions: "/support/questions",
  figures: "/support/figures",
  texts: "/templates",
  audit: "/support/audit",
} as const;

const adminPages = { staff: "/support/staff", settings: "/support/settings" } as const;

/** What waits behind a tab, and is counted on it. */
const waitsAt: Partial<Record<string, keyof WaitingCounts>> = {
  customers: "blocked",
  cases: "cases",
  questions: "questions",
};

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
  const counts = await readWaitingCounts();
  const shown = { ...pages, ...(role === "admin" ? adminPages : {}) };
  const items = Object.entries(shown).map(([page, href]) => ({
    href,
    label: <Tab name={t(page as SupportPage)} of={waitsAt[page]} counts={counts} />,
    isCurrent: page === current,
  }));
  return (
    <div className="mx-auto grid w-full max-w-5xl grid-cols-1 gap-6">
      <SectionNav label={t("label")} items={items} />
      <StaffMailAlarm seesFigures />
      {children}
    </div>
  );
}

type TabProps = { name: string; of: keyof WaitingCounts | undefined; counts: WaitingCounts };

/** The name of a tab, and how much waits behind it: a figure to see, a sentence to hear. */
async function Tab({ name, of, counts }: TabProps) {
  if (of === undefined || counts[of] === 0) return name;
  return (
    <>
      {name}
      <span
        aria-hidden="true"
        className="ml-1.5 rounded-full border border-line bg-sunken px-2 text-sm tabular-nums"
      >
        {await waitingFigure(counts[of])}
      </span>
      <span className="sr-only"> ({await waitingText(of, counts[of])})</span>
    </>
  );
}
