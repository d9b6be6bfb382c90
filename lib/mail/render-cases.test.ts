import { beforeEach, describe, expect, test } from "vitest";
import { actNames } from "@/lib/account/acts";
import { locales } from "@/lib/i18n/locales";
import { kindsWith, type MailKind, mailKinds } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import { renderMail } from "@/lib/mail/render";
import {
  appUrl,
  everything,
  mail,
  render,
  setUpHost,
  withFacts,
} from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

const ownerMails = kindsWith({ template: "case-for-owner" });
const caseMails = [...kindsWith({ template: "case-for-applicant" }), ...ownerMails];

/** What support does to an account by itself: nobody's request. */
const supportMails: MailKind[] = [
  "role-changed",
  ...actNames.filter((act) => act !== "hotline-pass"),
];

const renderWith = (kind: MailKind, facts: Parameters<typeof withFacts>[1], locale = "en") =>
  renderMail(withFacts(mail(kind, locale), facts), everything);

describe.each(locales)("in %s", (locale) => {
  const { shared } = mailCopy[locale];

  test.each(caseMails)("%s names the case by its number", async (kind) => {
    const { text } = await render(kind, locale);
    expect(text).toMatch(new RegExp(`${shared.caseNumberLabel} +K7QM-2PX`));
    // Said in a sentence too, where whoever reads it is to report it to us.
    expect(text.split("K7QM-2PX").length).toBeGreaterThan(2);
  });

  test.each(caseMails)("%s shows what staff wrote under a title of its own", async (kind) => {
    const message = "Please add the invoice.\n\nOf October.";
    const { text } = await renderWith(kind, { message }, locale);
    expect(text).toContain(`${shared.messageLabel}\n\nPlease add the invoice.\n\nOf October.\n`);
    expect((await render(kind, locale)).text).not.toContain(shared.messageLabel);
  });

  test.each(supportMails)("%s says that support did it, and why, and no address", async (kind) => {
    const bySupport = { ip: null, countryCode: null, browser: null, system: null, bySupport: true };
    const about = { reason: "Asked for by phone" };
    const { text } = await renderWith(kind, { ...bySupport, about }, locale);
    const { ipLabel, countryLabel, browserLabel, systemLabel } = shared;
    for (const label of [ipLabel, countryLabel, browserLabel, systemLabel]) {
      expect(text).toMatch(new RegExp(`^${label} +${shared.bySupport}$`, "m"));
    }
    expect(text).toMatch(new RegExp(`^${shared.reasonLabel} +Asked for by phone$`, "m"));
    expect(text).not.toContain(shared.unknown);
    expect(text).toContain(shared.supportNotYou);
    expect(text).not.toContain(shared.changeNotYou);
  });

  test("a password that support switched off is mailed with the way to a new one", async () => {
    const { text } = await render("password-switched-off", locale);
    expect(text).toContain(`${shared.setNewPasswordLink}\n${appUrl}/forgot-password`);
    expect((await render("block-lifted", locale)).text).not.toContain("/forgot-password");
  });

  test("who never asked learns that an account now has their address", async () => {
    expect((await render("case-done", locale)).text).toContain(shared.caseDoneNotYours);
    expect((await render("case-approved", locale)).text).toContain(shared.caseNotYours);
  });

  test.each<MailKind>(["case-approved", "case-will-change", "case-reminder"])(
    "%s says when the change is carried out, with the day and where",
    async (kind) => {
      const { text } = await renderWith(kind, { until: "2026-11-25T16:20:00Z" }, locale);
      expect(text).toMatch(/16:20 (in Lisbon|à Lisbonne|e[mn] Lisboa) \([^)]*25[^)]*\)/);
    },
  );

  test("a role is named in the mail's language, and so is a telephone number that is gone", async () => {
    const role = await renderWith("role-changed", { about: { role: "admin" } }, locale);
    expect(role.text).toMatch(new RegExp(`^${shared.roleLabel} +${shared.roleAdmin}$`, "m"));
    const gone = await renderWith("phone-changed", { about: { phoneEnd: null } }, locale);
    expect(gone.text).toMatch(new RegExp(`^${shared.phoneLabel} +${shared.phoneNone}$`, "m"));
  });

  test("a factor is named by what it is and its name, and when one is asked for in words", async () => {
    const app = await renderWith("factor-added", { about: { what: "app", name: "Phone" } }, locale);
    expect(app.text).toMatch(new RegExp(`^${shared.appLabel} +Phone$`, "m"));
    const key = { what: "passkey", name: "Blue key" } as const;
    const gone = await renderWith("factor-removed", { about: key }, locale);
    expect(gone.text).toMatch(new RegExp(`^${shared.passkeyLabel} +Blue key$`, "m"));
    for (const [may, words] of [
      ["sign-in", shared.maySignIn],
      ["second-step", shared.maySecondStep],
      ["both", shared.mayBoth],
      ["nothing", shared.mayNothing],
    ] as const) {
      const { text } = await renderWith("passkey-changed", { about: { ...key, may } }, locale);
      expect(text).toMatch(new RegExp(`^${shared.mayLabel} +${words}`, "m"));
    }
    const asking = { about: { asking: "new-places" } } as const;
    const changed = await renderWith("factor-asking-changed", asking, locale);
    expect(changed.text).toMatch(
      new RegExp(`^${shared.askingLabel} +${shared.askingNewPlaces}$`, "m"),
    );
  });
});

test("no mail but those of a case shows a message of staff", async () => {
  const others = mailKinds.filter((kind) => !(caseMails as readonly MailKind[]).includes(kind));
  for (const kind of others) {
    const { html, text } = await renderWith(kind, { message: "Please add the invoice." });
    expect([kind, `${html}${text}`.includes("add the invoice")]).toEqual([kind, false]);
  }
});

test.each(caseMails)("in %s, what staff wrote is text: no markup and no link", async (kind) => {
  const message =
    'Look: <a href="https://evil.example/">here</a> & there\nhttps://evil.example/too';
  const { html, text } = await renderWith(kind, { message });
  expect(html).not.toContain('href="https://evil.example');
  expect(html).toContain("&lt;a href=");
  expect(html).toContain("&amp; there");
  expect(text).toContain('<a href="https://evil.example/">here</a> & there\n\nhttps://evil.');
});

test("paragraphs of staff that are alike are all shown, and empty ones are not", async () => {
  const { html, text } = await renderWith("case-question", { message: "\n\nAgain.\n \nAgain.\n" });
  expect(html.match(/>Again\.</g)).toHaveLength(2);
  expect(text).toContain("Again.\n\nAgain.\n");
});

test.each(ownerMails)("%s shows the new address as it is given: masked", async (kind) => {
  const { text } = await renderWith(kind, { about: { address: "n•••@e•••.org" } });
  expect(text).toMatch(/^New address +n•••@e•••\.org$/m);
});

test("a sign-in let through by support is mailed with its own address, its end and the check", async () => {
  const { text } = await renderWith("hotline-pass", { about: { reason: "Support PIN was right" } });
  expect(text).toContain("Until 14:42 ");
  expect(text).toMatch(/^IP address +203\.0\.113\.42$/m);
  expect(text).toMatch(/^Reason given by support +Support PIN was right$/m);
});

test("a telephone number is named by its end", async () => {
  const { text } = await renderWith("phone-changed", { about: { phoneEnd: "•••• 0100" } });
  expect(text).toMatch(/^Phone number +•••• 0100$/m);
});
