import { type Customer, expect, test } from "@/e2e/fixtures";
import { entry, formOf, openArea, press, send } from "@/e2e/pages/own-keys";
import { Inbox, otherThan } from "@/e2e/support/inbox";
import { linksOf, linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { leadsTo } from "@/e2e/support/plain-browser";
import { anything, like } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";
import { pdf, png } from "@/lib/testing/documents";

const story = "My employer closed the mailbox when I left, and I cannot open it any more.";

/** The newest link to a page that was mailed to an address. */
async function latestLink(inbox: Inbox, path: string): Promise<string> {
  const links = async () =>
    (await inbox.mails()).flatMap(linksOf).filter((link) => link.startsWith(`${path}?token=`));
  await expect.poll(async () => (await links()).length).toBeGreaterThan(0);
  return (await links()).at(-1) ?? "";
}

async function addFile(visitor: Visitor, name: string, bytes: Uint8Array): Promise<void> {
  const form = formOf(visitor, "recover.documents.add");
  await form
    .getByLabel(visitor.say("recover.documents.label"), { exact: true })
    .setInputFiles({ name, mimeType: "application/pdf", buffer: Buffer.from(bytes) });
  await press(visitor, "recover.documents.add");
}

const askForCode = (visitor: Visitor, email: string) =>
  send(visitor, "recover.address.submit", { "recover.address.email": email });
const typeCode = (visitor: Visitor, code: string) =>
  send(visitor, "recover.address.confirm", { "recover.address.code": code });
const saveStory = (visitor: Visitor, text: string) =>
  send(visitor, "recover.story.submit", { "recover.story.label": text });

/** Fills the open draft in with an address, what happened and a document, and sends it. */
async function fillInAndSend(visitor: Visitor, customer: Pick<Customer, "email">): Promise<Inbox> {
  const inbox = new Inbox(`new-${customer.email}`);
  await askForCode(visitor, inbox.address);
  await typeCode(visitor, await inbox.nextCode());
  await saveStory(visitor, story);
  await addFile(visitor, "invoice.pdf", pdf());
  await press(visitor, "recover.draft.send.submit");
  await expect(visitor.page).toHaveURL(/\/recover\/status\?token=/);
  return inbox;
}

const expectState = ({ main, say }: Visitor, state: string) =>
  expect(main).toContainText(say(`recover.status.states.${state}.name`));

test("from the sign-in: a request outlives it, is mailed to the old address, and an objection stops it", async ({
  visit,
  customer,
  addresses,
}) => {
  const visitor = await visit();
  const { page, login, verify, main, status, say } = visitor;
  await login.signIn(customer);
  await verify.expectOpen();
  await page.getByRole("link", { name: say("verify.lostMailbox") }).click();
  await expect(page).toHaveURL("/recover");
  await expect(main).toContainText(say("recover.start.takes.told"));
  await expect(main).not.toContainText(customer.email);
  await page.reload();
  await press(visitor, "recover.start.submit");
  await expect(status).toContainText(like(say("recover.notices.started", { time: anything })));
  // The sign-in itself ends; the draft is not its own.
  await visitor.context.clearCookies({ name: /pending$/ });
  await visitor.moveTo(addresses.ip());
  await page.reload();
  await expect(main).toContainText(say("recover.draft.title"));
  expect(await customer.inbox.count(subjectOf("case-opened"))).toBe(0);
  const inbox = await fillInAndSend(visitor, customer);
  await expect(status).toContainText(say("recover.notices.sent", { address: inbox.address }));
  await expectState(visitor, "open");
  await expect(entry(visitor, "invoice.pdf")).toHaveCount(1);

  const opened = await customer.inbox.mail(subjectOf("case-opened"));
  expect(opened.text).not.toContain(inbox.address);
  const owner = await visit();
  const link = linkTo("/recover/object", opened);
  await owner.page.goto(link);
  await expect(owner.main).toContainText(owner.say("recover.object.lead"));
  await owner.page.reload();
  await page.goto(await latestLink(inbox, "/recover/status"));
  await expect(main).not.toContainText(say("recover.status.objected", { time: "" }).slice(0, 20));
  await press(owner, "recover.object.submit");
  await expect(owner.status).toContainText(
    like(owner.say("recover.object.done.what", { reference: anything })),
  );
  await owner.forgetNotices();
  await owner.page.goto(link);
  await expect(owner.status).toContainText(
    like(owner.say("recover.object.over.objected", { reference: anything, time: anything })),
  );
  await page.reload();
  await expectState(visitor, "open");
  await expect(main).toContainText(like(say("recover.status.objected", { time: anything })));
  await customer.inbox.mail(subjectOf("case-objected"));
});

test("signed in and without scripts: the parts are filled in one by one, and what is wrong says what to do", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home, javaScriptEnabled: false });
  const { page, main, alert, status, say } = visitor;
  await openArea(visitor, customer, "/account/contact");
  await page.getByRole("link", { name: say("contact.email.lost") }).click();
  await expect(main).toContainText(customer.email);
  await press(visitor, "recover.start.submit");
  await press(visitor, "recover.draft.send.submit");
  await expect(alert).toContainText(say("recover.errors.missingAddress"));
  await expect(alert).toContainText(say("recover.errors.missingStory"));
  await expect(alert).not.toContainText(say("recover.errors.missingDocuments"));

  await askForCode(visitor, customer.email);
  await expect(alert).toContainText(say("recover.errors.emailSame"));
  const inbox = new Inbox(`new-${customer.email}`);
  await askForCode(visitor, inbox.address);
  const code = await inbox.nextCode();
  await typeCode(visitor, otherThan(code));
  await expect(alert).toContainText(
    like(say("recover.errors.codeWrong", { left: 2, blockDuration: anything })),
  );
  await press(visitor, "recover.address.resend");
  await expect(status).toContainText(like(say("recover.notices.too-early", { time: anything })));
  await expect(alert).toHaveCount(0);
  await typeCode(visitor, code);
  await expect(status).toContainText(
    say("recover.notices.address-confirmed", { address: inbox.address }),
  );

  await saveStory(visitor, "Too short.");
  await expect(alert).toContainText(say("recover.errors.storyTooShort", { min: 20 }));
  await expect(main.getByLabel(say("recover.story.label"), { exact: true })).toHaveValue(
    "Too short.",
  );
  await saveStory(visitor, story);
  await expect(status).toContainText(say("recover.notices.story-saved"));

  await press(visitor, "recover.documents.add");
  await expect(alert).toContainText(say("recover.errors.documentMissing"));
  await addFile(visitor, "invoice.pdf", Buffer.from("<html><script>alert(1)</script>"));
  await expect(alert).toContainText(say("recover.errors.documentWrongType"));
  await addFile(visitor, "burst.png", png(60_000, 60_000));
  await expect(alert).toContainText(say("recover.errors.documentTooManyPixels"));
  await addFile(visitor, "half.pdf", pdf().subarray(0, 60));
  await expect(alert).toContainText(say("recover.errors.documentDamaged"));
  await addFile(visitor, "photo.heic", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic"));
  await expect(alert).toContainText(say("recover.errors.documentPhonePicture", { format: "HEIC" }));
  await addFile(visitor, "front.pdf", png());
  await expect(status).toContainText(
    say("recover.notices.document-added", { name: "front.pdf.png" }),
  );
  await entry(visitor, "front.pdf.png")
    .getByRole("button", { name: say("recover.documents.remove") })
    .click();
  await expect(status).toContainText(say("recover.notices.document-removed"));

  await press(visitor, "recover.draft.send.submit");
  await expect(status).toContainText(say("recover.notices.sent", { address: inbox.address }));
  await expect(main).toContainText(say("recover.status.noDocuments"));
});

test("by case number and new address, from anywhere: add something, then take it back", async ({
  visit,
  customer,
}) => {
  const applicant = await visit({ ip: customer.home });
  await openArea(applicant, customer, "/recover");
  await press(applicant, "recover.start.submit");
  const inbox = await fillInAndSend(applicant, customer);
  const number = applicant.main.getByText(/^[A-Z2-9]{4}-[A-Z2-9]{3}$/).first();
  const reference = (await number.textContent()) ?? "";

  const visitor = await visit();
  const { page, main, alert, status, say } = visitor;
  const lookUp = (typed: string, email: string) =>
    send(visitor, "recover.lookUp.submit", {
      "recover.lookUp.reference": typed,
      "recover.lookUp.email": email,
    });
  await page.goto("/recover/status");
  await lookUp(reference, customer.email);
  await expect(alert).toContainText(say("recover.lookUp.unknown"));
  const another = reference.slice(0, -1) + (reference.endsWith("Z") ? "Y" : "Z");
  await lookUp(another, inbox.address);
  await expect(alert).toContainText(say("recover.lookUp.unknown"));
  await lookUp(reference.toLowerCase().replace("-", " "), inbox.address);
  await expect(page).toHaveURL(/\/recover\/status\?token=/);
  await expectState(visitor, "open");

  await addFile(visitor, "passport.png", png());
  await expect(status).toContainText(
    say("recover.notices.document-added", { name: "passport.png" }),
  );
  await send(visitor, "recover.status.answer.submit", {
    "recover.status.answer.label": "The passport is the newer one.",
  });
  await expect(status).toContainText(say("recover.notices.answered"));
  await press(visitor, "recover.status.withdraw.submit");
  await expect(status).toContainText(say("recover.notices.withdrawn"));
  await expectState(visitor, "withdrawn");
  await expect(main.getByRole("button", { name: say("recover.documents.add") })).toHaveCount(0);
  await customer.inbox.mail(subjectOf("case-ended"));
  const opened = await customer.inbox.mail(subjectOf("case-opened"));
  await page.goto(linkTo("/recover/object", opened));
  await expect(status).toContainText(
    like(say("recover.object.over.ended", { reference: anything })),
  );
});

test("who has lost both sends full proof; an address without an account looks the same", async ({
  visit,
  customer,
}) => {
  const texts: string[] = [];
  for (const email of [customer.email, `nobody-${customer.email}`]) {
    const visitor = await visit();
    const { page, main, alert, status, say } = visitor;
    await page.goto("/forgot-password");
    await page.getByRole("link", { name: say("password.forgot.lostMailbox") }).click();
    await send(visitor, "recover.start.submit", { "recover.start.email": "" });
    await expect(alert).toContainText(say("recover.errors.emailMissing"));
    await send(visitor, "recover.start.submit", { "recover.start.email": email });
    await expect(status).toContainText(like(say("recover.notices.started", { time: anything })));
    await expect(main).toContainText(say("recover.draft.fullProof"));
    await press(visitor, "recover.draft.send.submit");
    await expect(alert).toContainText(say("recover.errors.missingDocuments"));
    const inbox = await fillInAndSend(visitor, { email });
    await expectState(visitor, "open");
    const shown = (await main.textContent()) ?? "";
    texts.push(
      shown
        .replaceAll(inbox.address, "")
        .replace(/[A-Z2-9]{4}-[A-Z2-9]{3}/g, "")
        .replace(/\d{2}:\d{2}/g, "")
        .replace(/.•••@e•••\.com/g, ""),
    );
  }
  expect(texts[0]).toBe(texts[1]);
  await customer.inbox.mail(subjectOf("case-opened"));
});

test("a draft is given up, and another one can be begun", async ({ visit, customer }) => {
  const visitor = await visit({ ip: customer.home });
  const { page, main, status, say } = visitor;
  await openArea(visitor, customer, "/recover");
  await press(visitor, "recover.start.submit");
  await saveStory(visitor, story);
  await press(visitor, "recover.draft.send.discard");
  await expect(status).toContainText(say("recover.notices.discarded"));
  await page.reload();
  await press(visitor, "recover.start.submit");
  await expect(main.getByLabel(say("recover.story.label"), { exact: true })).toHaveValue("");
});

test("a document that is too large is 413, one of another origin 403, and neither is kept", async ({
  visitPlainly,
}) => {
  const browser = await visitPlainly();
  const post = (bytes: number, headers: Record<string, string> = {}) =>
    browser.http.post("/recover/documents", {
      multipart: {
        document: { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(bytes) },
      },
      maxRedirects: 0,
      headers,
    });
  expect((await post(11 * 1024 * 1024)).status()).toBe(413);
  expect((await post(10, { Origin: "https://evil.example" })).status()).toBe(403);
  const answer = await post(10);
  expect(answer.status()).toBe(303);
  expect(leadsTo(answer)).toBe("/recover");
});

for (const token of ["", "x", "A".repeat(64), "é".repeat(64)]) {
  test(`a link with the token "${token.slice(0, 9)}" says what to do, and does nothing`, async ({
    visit,
  }) => {
    const { page, alert, main, say } = await visit();
    await page.goto(`/recover/status?token=${token}`);
    await expect(alert).toContainText(say("recover.lookUp.dead"));
    await expect(main.getByLabel(say("recover.lookUp.reference"), { exact: true })).toBeVisible();
    await page.goto(`/recover/object?token=${token}`);
    await expect(alert).toContainText(say("recover.object.over.dead"));
  });
}
