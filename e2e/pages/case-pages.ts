import { type Customer, expect } from "@/e2e/fixtures";
import { formOf, press, send } from "@/e2e/pages/own-keys";
import { Inbox } from "@/e2e/support/inbox";
import type { Visitor } from "@/e2e/visitor";
import { png } from "@/lib/testing/documents";

/** What happened, in the words of whoever sends a case. */
export const story =
  "My old provider closed the mailbox last month, and I cannot open it any more.";

/** A case as whoever sent it knows it. */
export type Sent = { applicant: Visitor; inbox: Inbox; reference: string };

/** Asks for another mailbox from where a customer signed up, with a picture as a document. */
export async function sendCase(applicant: Visitor, customer: Customer): Promise<Sent> {
  const { main, page, say } = applicant;
  const inbox = new Inbox(`new-${customer.email}`);
  await page.goto("/recover");
  await press(applicant, "recover.start.submit");
  await send(applicant, "recover.address.submit", { "recover.address.email": inbox.address });
  await send(applicant, "recover.address.confirm", {
    "recover.address.code": await inbox.nextCode(),
  });
  await send(applicant, "recover.story.submit", { "recover.story.label": story });
  const form = formOf(applicant, "recover.documents.add");
  await form
    .getByLabel(say("recover.documents.label"), { exact: true })
    .setInputFiles({ name: "passport.png", mimeType: "image/png", buffer: Buffer.from(png()) });
  await press(applicant, "recover.documents.add");
  await press(applicant, "recover.draft.send.submit");
  await expect(page).toHaveURL(/\/recover\/status\?token=/);
  const shown = main.getByText(/^[A-Z2-9]{4}-[A-Z2-9]{3}$/).first();
  return { applicant, inbox, reference: (await shown.textContent()) ?? "" };
}

/** Opens a case from the queue. */
export async function openCase(staff: Visitor, { reference }: Sent): Promise<void> {
  const { page, main, say } = staff;
  await page.goto("/support/cases");
  const link = main.getByRole("link", { name: reference, exact: true });
  const next = main.getByRole("link", { name: say("supportCases.next"), exact: true });
  // The oldest come first: a new one may stand on a later page.
  while ((await link.count()) === 0) {
    await page.goto((await next.getAttribute("href")) ?? "");
  }
  await link.click();
  const title = say("supportCases.case.title", { reference });
  await expect(main.getByRole("heading", { name: title, exact: true })).toBeVisible();
}

/** Decides about the case that is open. */
export const decide = (staff: Visitor, form: "ask" | "approve" | "refuse", text: string) =>
  send(staff, `supportCases.case.${form}.submit`, { [`supportCases.case.${form}.label`]: text });
