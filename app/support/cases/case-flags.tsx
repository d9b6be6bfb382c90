import type { QueuedCase } from "@/lib/cases/review/review-queue";
import { getTranslations } from "@/lib/i18n/translations";

/** What staff look at twice in a case, each in a few words; nothing where there is nothing. */
export async function CaseFlags({ flags }: Pick<QueuedCase, "flags">) {
  const t = await getTranslations("supportCases.flag");
  if (flags.length === 0) return null;
  return (
    <ul className="-m-0.5">
      {flags.map((flag) => (
        <li
          key={flag}
          className="m-0.5 inline-block rounded-full border border-danger-line bg-danger-surface px-2.5 py-0.5 text-sm"
        >
          {t(flag)}
        </li>
      ))}
    </ul>
  );
}
