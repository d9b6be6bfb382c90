import { textPath } from "@/app/templates/text-address";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { Section } from "@/components/section";
import { Select } from "@/components/select";
import type { StaffMember } from "@/lib/account/staff-member";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import {
  type Comparable,
  type ComparedLine,
  compareVersions,
} from "@/lib/templates/compare-versions";
import type { listVersions } from "@/lib/templates/list-versions";

type Listed = Awaited<ReturnType<typeof listVersions>>;

/** Which two states an address asks to compare; null: none. */
export function readComparison(query: Record<string, string | string[] | undefined>) {
  const { from, to } = query;
  return typeof from === "string" && typeof to === "string" ? { from, to } : null;
}

const stateOf = (asked: string): Comparable =>
  asked === "draft" || asked === "built-in" ? asked : { version: asked };

async function stateNames({ versions }: Listed) {
  const t = await getTranslations("templates.versions");
  return (asked: string) => {
    if (asked === "draft") return t("draft");
    const version = versions.find(({ id }) => id === asked);
    return version === undefined ? t("builtIn") : t("version", { number: version.number });
  };
}

type CompareFormProps = { of: TextKey; listed: Listed; hasDraft: boolean };

/** Asks which two states to compare. */
export async function CompareForm({ of, listed, hasDraft }: CompareFormProps) {
  const t = await getTranslations("templates.versions");
  const nameOf = await stateNames(listed);
  const states = [
    ...(hasDraft ? ["draft"] : []),
    ...listed.versions.map(({ id }) => id),
    "built-in",
  ];
  if (states.length < 2) return null;
  const options = states.map((value) => ({ value, label: nameOf(value) }));
  return (
    <Disclosure summary={t("compare")}>
      <form action={textPath(of, "versions").split("?")[0]} className="grid max-w-md gap-5">
        <input type="hidden" name="language" value={of.language} />
        <Select name="from" label={t("from")} options={options} defaultValue={states[1]} />
        <Select name="to" label={t("to")} options={options} defaultValue={states[0]} />
        <Button kind="inline">{t("compare")}</Button>
      </form>
    </Disclosure>
  );
}

type ComparedProps = {
  staff: StaffMember;
  of: TextKey;
  comparison: ReturnType<typeof readComparison>;
  listed: Listed;
};

/** Two states of a text line by line; what was removed and added is said, not only coloured. */
export async function Compared({ staff, of, comparison, listed }: ComparedProps) {
  if (comparison === null) return null;
  const { from, to } = comparison;
  const states = { before: stateOf(from), after: stateOf(to) };
  const compared = await compareVersions(staff, of, states);
  if (compared === null) return null;
  const t = await getTranslations("templates.versions");
  const text = await getTranslations("templates.text");
  const nameOf = await stateNames(listed);
  const parts = [
    [text("subject"), compared.subjectLine],
    [text("previewLine"), compared.previewLine],
    [text("body"), compared.text],
  ] as const;
  const isSame = parts.every(([, lines]) => lines.every(({ is }) => is === "same"));
  return (
    <Section id="compared" title={t("compareTitle", { from: nameOf(from), to: nameOf(to) })}>
      {isSame ? <p>{t("same")}</p> : null}
      {isSame
        ? null
        : parts.map(([label, lines]) => (
            <div key={label} className="grid gap-1">
              <h3 className="text-quiet text-sm">{label}</h3>
              <Lines lines={lines} language={of.language} />
            </div>
          ))}
    </Section>
  );
}

const looks = {
  same: "text-quiet",
  removed: "bg-danger-surface line-through decoration-1",
  added: "bg-sunken font-medium",
} as const;

async function Lines({ lines, language }: { lines: ComparedLine[]; language: string }) {
  const t = await getTranslations("templates.versions");
  return (
    <div
      lang={language === "all" ? undefined : language}
      className="overflow-hidden rounded-lg border border-line font-mono text-sm [overflow-wrap:anywhere]"
    >
      {lines.map(({ is, line }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change their order
        <p key={index} className={`whitespace-pre-wrap px-4 py-1 ${looks[is]}`}>
          {is === "same" ? null : (
            <>
              <span aria-hidden="true">{is === "added" ? "+ " : "− "}</span>
              <span className="sr-only">{t(is)}: </span>
            </>
          )}
          {line === "" ? "\u00a0" : line}
        </p>
      ))}
    </div>
  );
}
