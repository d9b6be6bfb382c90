import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { HotlinePass } from "@/app/support/customers/[id]/hotline-pass";
import { PlainAct } from "@/app/support/customers/[id]/plain-act";
import type { CustomerPage } from "@/lib/support/customer-page";

type AccountActProps = CustomerPart & {
  act: CustomerPage["acts"]["others"][number] | undefined;
  /** How the button looks that opens its form. */
  look?: "button" | "quiet";
};

/** An act on the whole account, wherever on the page it stands; nothing where there is none. */
export function AccountAct({ act, look, ...part }: AccountActProps) {
  if (act === undefined) return null;
  if (act === "hotline-pass") return <HotlinePass {...part} look={look} />;
  const { page, notice, asked } = part;
  return <PlainAct act={act} customer={page.id} notice={notice} asked={asked} look={look} />;
}
