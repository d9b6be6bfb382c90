import { type ActForm, actForms } from "@/app/support/customers/[id]/act-answers";
import type { CustomerPage } from "@/lib/support/customer-page";

/** Which act's form an address asks to open; of several of an act that of `target`, else the first. */
export type AskedToOpen = { act: ActForm; target: string | null } | null;

/**
 * Reads `?open=<act>`, with `&target=<reference or id>` where the page has several of it: a link to the
 * customer's page may open a form of it, also without scripts.
 */
export function readAskedToOpen(
  { open, target }: Record<string, string | string[] | undefined>,
  page: Pick<CustomerPage, "troubles" | "places">,
): AskedToOpen {
  const act = actForms.find((one) => one === open);
  if (act === undefined) return null;
  const targets = targetsOf(act, page);
  return { act, target: targets.find((one) => one === target) ?? targets[0] ?? null };
}

/** Which blocks, places or sign-ins an act can be done to; none: it is done to the account. */
function targetsOf(act: ActForm, page: Pick<CustomerPage, "troubles" | "places">): string[] {
  const { troubles, places } = page;
  switch (act) {
    case "block-lifted":
      return troubles.flatMap((one) => (one.kind === "blocked" ? [one.block.reference] : []));
    case "confirm-call-back":
      return troubles.flatMap((one) => (one.kind === "call-back" ? [one.noted.id] : []));
    case "mark-lifted":
      return troubles.flatMap((one) => (one.kind === "address-marked" ? [one.mark.which] : []));
    case "place-forgotten-by-support":
      return places.map(({ id }) => id);
    default:
      return [];
  }
}

/** Whether it is this form. */
export const isAskedFor = (asked: AskedToOpen, act: ActForm, target: string | undefined): boolean =>
  asked?.act === act && (target === undefined || asked.target === target);
