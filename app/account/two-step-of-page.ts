import { requireCustomer } from "@/lib/next-auth/session";
import { onceForPage } from "@/lib/once-for-page";
import { readTwoStep } from "@/lib/two-step/two-step-page";

/** What the account of a page's reader has for its second step, looked up once for the page. */
export const twoStepOfPage = onceForPage(async () =>
  readTwoStep(await requireCustomer("/account")),
);
