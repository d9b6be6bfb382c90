import { BlockedCard } from "@/app/blocked-card";
import { AccountAct } from "@/app/support/customers/[id]/account-act";
import { ActForm } from "@/app/support/customers/[id]/act-form";
import { confirmCallBackAction } from "@/app/support/customers/[id]/actions";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { PlainAct } from "@/app/support/customers/[id]/plain-act";
import { type Trouble, troubleId } from "@/app/support/customers/[id]/say-trouble";
import { timelinePath } from "@/app/support/customers/[id]/timeline-path";
import { ButtonLink } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { entryWords } from "@/components/entry";
import { getTranslations } from "@/lib/i18n/translations";

type TroubleActsProps = CustomerPart & { trouble: Trouble };

/** What mends a trouble, or leads to where it is mended. */
export async function TroubleActs({ trouble, ...part }: TroubleActsProps) {
  const t = await getTranslations("support.customer.now");
  const { page, notice, asked } = part;
  const describedBy = entryWords(troubleId(trouble));
  const mayAct = page.mayAct === "allowed";
  switch (trouble.kind) {
    case "blocked": {
      const { block } = trouble;
      return (
        <>
          {mayAct ? (
            // A link to the page may name it, whichever block it is.
            <div
              id={trouble === page.troubles[0] ? "lift" : undefined}
              className="min-w-0 has-[[open]]:w-full"
            >
              <PlainAct
                act="block-lifted"
                customer={page.id}
                target={block.reference}
                describedBy={describedBy}
                notice={notice}
                asked={asked}
              />
            </div>
          ) : null}
          <Disclosure summary={t("theirs")} describedBy={describedBy}>
            <BlockedCard {...block} purpose="sign-in" timeZone={part.timeZone} />
          </Disclosure>
        </>
      );
    }
    case "call-back":
      return mayAct && page.pass.never === null && !trouble.noted.isOwn ? (
        <ActForm
          act="confirm-call-back"
          action={confirmCallBackAction}
          customer={page.id}
          target={trouble.noted.id}
          describedBy={describedBy}
          notice={notice}
          asked={asked}
        />
      ) : null;
    case "case":
      return (
        <ButtonLink
          kind="inline"
          href={`/support/cases/${trouble.found.id}`}
          aria-describedby={describedBy}
        >
          {t("openCase")}
        </ButtonLink>
      );
    case "address-marked":
      return mayAct ? (
        <PlainAct
          act="mark-lifted"
          customer={page.id}
          target={trouble.mark.which}
          describedBy={describedBy}
          notice={notice}
          asked={asked}
        />
      ) : null;
    case "mail-refused":
    case "mail-late":
      return (
        <ButtonLink
          kind="inline"
          href={timelinePath(page.id, "mails")}
          aria-describedby={describedBy}
        >
          {t("seeMails")}
        </ButtonLink>
      );
    default:
      return <AccountAct {...part} act={page.acts.beside[trouble.kind]} />;
  }
}
