import type { accountWords } from "@/app/account/account-words";
import type { AskedToOpen } from "@/app/support/customers/[id]/asked-to-open";
import type { Notice } from "@/lib/forms/notice";
import type { CustomerPage } from "@/lib/support/customer-page";

/** What every part of a customer's page is handed. */
export type CustomerPart = {
  page: CustomerPage;
  /** How the viewer's moments, places and browsers are written. */
  words: Awaited<ReturnType<typeof accountWords>>;
  /** The answer to a form of this page. */
  notice: Notice | null;
  /** The form that the address asks to open. */
  asked: AskedToOpen;
  /** The viewer's zone. */
  timeZone: string | null;
};
