import { getTranslations } from "next-intl/server";
import { BlockedCard } from "@/app/blocked-card";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { PlainAct } from "@/app/support/customers/[id]/plain-act";
import { Section } from "@/components/section";
import { ipText } from "@/lib/client/ip-text";
import { momentTags } from "@/lib/i18n/moment-tags";
import type { ShownBlock } from "@/lib/support/list-access";

/** The blocks that hold, each on the card that the customer sees too. */
export async function Blocks({ page, notice, timeZone }: CustomerPart) {
  const t = await getTranslations("support.customer.blocks");
  const { id, blocks, mayAct } = page;
  return (
    <Section id="blocks" title={t("title")}>
      {blocks.length === 0 ? <p>{t("none")}</p> : null}
      {blocks.map((block) =>
        block.of === "widening" ? (
          <WideningBlock key={block.reference} block={block} timeZone={timeZone} />
        ) : (
          <div key={block.reference} id={`block-${block.reference}`} className="grid gap-3">
            <BlockedCard
              {...block}
              purpose="sign-in"
              timeZone={timeZone}
              referenceId={`reference-${block.reference}`}
            />
            {mayAct === "allowed" ? (
              <PlainAct
                act="block-lifted"
                customer={id}
                target={block.reference}
                describedBy={`reference-${block.reference}`}
                notice={notice}
              />
            ) : null}
          </div>
        ),
      )}
    </Section>
  );
}

type WideningBlockProps = { block: ShownBlock; timeZone: string | null };

async function WideningBlock({ block, timeZone }: WideningBlockProps) {
  const t = await getTranslations("support.customer.blocks");
  const common = await getTranslations("common");
  const { ip, until, reference } = block;
  const tags = await momentTags(until, { timeZone });
  return (
    <div className="grid gap-1">
      <p>{t.rich("widening", { ...tags, ip: ipText(ip, common("networkUnknown")), reference })}</p>
      <p className="text-quiet text-sm">{t("wideningHint")}</p>
    </div>
  );
}
