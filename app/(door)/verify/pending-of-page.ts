import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { browserZone } from "@/lib/client/browser-zone";
import { requestBrought } from "@/lib/log/request-context";
import { onceForPage } from "@/lib/once-for-page";
import { type PendingPage, readPendingPage } from "@/lib/sign-in/pending-page";

/** The id of the form that asks for a code and, beside it, whether the place is trusted. */
export const CODE_FORM = "code-form";

/**
 * This browser's pending sign-in, read once for a page and what stands around it. Its times are
 * those of whoever looks at them, who need not be the account's customer yet.
 */
export const pendingOfPage = onceForPage(async () => {
  const pending = await readPendingPage(await readPendingCookie());
  return (
    pending && { ...pending, timeZone: browserZone(requestBrought().headers) ?? pending.timeZone }
  );
});

/** Whether there is anything to choose: only the network of a customer's sign-in can be left unknown. */
export const asksForTrust = ({ purpose, isOfStaff, placeKnown, ip }: PendingPage): boolean =>
  purpose === "sign-in" && !isOfStaff && !placeKnown && ip !== null;

/**
 * What a button says of itself where there is something to choose. One that stands in a form of its own
 * then sends the code's form instead, which carries the choice, also without scripts.
 */
export const withChoice = (
  pending: PendingPage,
  pressed: "1" | "again" | `again ${string}` | "this-network",
) => (asksForTrust(pending) ? { form: CODE_FORM, name: "trustAsked", value: pressed } : {});
