import type { Metadata } from "next";
import { requireViewer } from "@/app/support/viewing-staff";
import { namedInHelp } from "@/app/templates/help/named-in-help";
import { NotationTable } from "@/app/templates/help/notation-table";
import { studioRoles } from "@/app/templates/studio-staff";
import { TemplatesFrame } from "@/app/templates/templates-frame";
import { Card } from "@/components/card";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { getTranslations } from "@/lib/i18n/translations";
import { helpSections } from "@/lib/templates/help-sections";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templateHelp"))("title") };
}

type SectionName = keyof typeof helpSections;
const names = Object.keys(helpSections) as SectionName[];

export default async function StudioHelpPage() {
  const { role } = await requireViewer("/templates/help", studioRoles);
  const t = await getTranslations("templateHelp");
  return (
    <TemplatesFrame role={role} current="help">
      <Card width="wide" title={t("title")} lead={t("lead")}>
        <nav aria-label={t("onThisPage")}>
          <ul className="grid gap-1">
            {names.map((name) => (
              <li key={name}>
                <TextLink href={`#${name}`}>{t(`${name}.title`)}</TextLink>
              </li>
            ))}
            <li>
              <TextLink href="#notation">{t("notation.title")}</TextLink>
            </li>
          </ul>
        </nav>
        {names.map((name) => (
          <HelpSection key={name} name={name} />
        ))}
        <Section id="notation" title={t("notation.title")}>
          <p>{t("notation.p1")}</p>
          <p>{t("notation.p2")}</p>
          <NotationTable />
        </Section>
      </Card>
    </TemplatesFrame>
  );
}

async function HelpSection({ name }: { name: SectionName }) {
  const t = await getTranslations("templateHelp");
  const named = await namedInHelp();
  const section: {
    paragraphs: readonly string[];
    steps?: readonly string[];
    after?: readonly string[];
  } = helpSections[name];
  // That each of these has its words is said by a test beside them.
  const say = (key: string) => t(`${name}.${key}` as "what.p1", named);
  const paragraphs = (keys: readonly string[] = []) =>
    keys.map((key) => <p key={key}>{say(key)}</p>);
  return (
    <Section id={name} title={t(`${name}.title`)}>
      {paragraphs(section.paragraphs)}
      {section.steps === undefined ? null : (
        <ol className="grid list-decimal gap-2 pl-6">
          {section.steps.map((key) => (
            <li key={key}>{say(key)}</li>
          ))}
        </ol>
      )}
      {paragraphs(section.after)}
    </Section>
  );
}
