import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BlockedCard } from "@/app/blocked-card";
import { LiftForm } from "@/app/support/blocks/[reference]/lift-form";
import { SupportFrame } from "@/app/support/support-frame";
import { requireViewer } from "@/app/support/viewing-staff";
import { Card } from "@/components/card";
import { Notice } from "@/components/notice";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { supportRoles } from "@/lib/account/roles";
import { ipText } from "@/lib/client/ip-text";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import { type BlockPage, readBlockPage } from "@/lib/support/block-page";

type BlockPageProps = { params: Promise<{ reference: string }> };

/** The same for every block: a title ends up in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("supportDesk.block"))("title") };
}

export default async function SupportBlockPage({ params }: BlockPageProps) {
  const { reference } = await params;
  const path = `/support/blocks/${encodeURIComponent(reference)}`;
  const staff = await requireViewer(path, supportRoles);
  const found = await readBlockPage(staff, reference);
  if (found === null) return notFound();
  const t = await getTranslations("supportDesk.block");
  return (
    <SupportFrame role={staff.role} current="customers">
      <Card
        width="wide"
        title={found.name}
        below={
          <p>
            <TextLink href={`/support/customers/${found.customerId}`}>{t("customer")}</TextLink>
          </p>
        }
      >
        <Block {...found} timeZone={staff.session.account.timeZone} />
      </Card>
    </SupportFrame>
  );
}

async function Block(props: BlockPage & { timeZone: string | null }) {
  const { customerId, block, mayAct, timeZone } = props;
  const t = await getTranslations("supportDesk.block");
  if (block === null) return <Notice>{t("over")}</Notice>;
  const common = await getTranslations("common");
  const tags = await momentTags(block.until, { timeZone });
  const { maskedEmail, reference } = block;
  const ip = ipText(block.ip, common("networkUnknown"));
  const words = { ...tags, reference, maskedEmail, ip };
  if (block.of === "widening") {
    const blocks = await getTranslations("support.customer.blocks");
    return (
      <div className="grid gap-2">
        <p>{blocks.rich("widening", words)}</p>
        <p className="text-quiet">{blocks("wideningHint")}</p>
      </div>
    );
  }
  const refused = await getTranslations("support.acts.mayNot");
  return (
    <>
      <div className="grid gap-5">
        <p id="which">{t.rich("which", words)}</p>
        {mayAct === "allowed" ? (
          <LiftForm customer={customerId} reference={reference} describedBy="which" />
        ) : (
          <p>{refused(mayAct === "oneself" ? "oneself" : "admins-only")}</p>
        )}
      </div>
      <Section title={t("card")}>
        <BlockedCard {...block} purpose="sign-in" timeZone={timeZone} />
      </Section>
    </>
  );
}
