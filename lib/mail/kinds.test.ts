import { expect, test } from "vitest";
import en from "@/emails/copy/en.json";
import {
  changeMails,
  confirmingMails,
  kindsWith,
  linkTypeOf,
  type MailKind,
  mailKinds,
  readKind,
  rowOf,
} from "@/lib/mail/kinds";
import { templates } from "@/lib/mail/templates";

test("every section of words has a row, and every row a section and a template", () => {
  expect(["shared", ...mailKinds].sort()).toEqual(Object.keys(en).sort());
  const used = mailKinds.map((kind) => rowOf(kind).template);
  expect([...new Set(used)].sort()).toEqual(Object.keys(templates).sort());
});

test("the security mails are these: codes for an account, and what happens to it", () => {
  const expected: MailKind[] = [
    ...changeMails,
    "sign-in-code",
    "widening-code",
    "place-trusted",
    "sign-in-blocked",
    "new-browser",
    "someone-knows-your-password",
    "password-changed",
  ];
  expect(kindsWith({ isSecurity: true }).sort()).toEqual(expected.sort());
});

test.each(kindsWith({ isSecurity: true }))("%s may carry that was not me", (kind) => {
  expect(rowOf(kind).hasNotMe).toBe(true);
});

test("what carries a code or a link is no notice, and lives until a moment that is named", () => {
  for (const kind of mailKinds.filter((one) => rowOf(one).carries !== null)) {
    expect([kind, rowOf(kind).urgency]).not.toEqual([kind, "notice"]);
  }
  for (const expires of ["code", "link"] as const) {
    for (const kind of kindsWith({ expires })) expect(rowOf(kind).needs).toContain("until");
  }
  expect(kindsWith({ expires: "code" })).toEqual(kindsWith({ carries: "code" }));
});

test("kinds are found by all flags at once", () => {
  const announced: MailKind[] = ["case-will-change", "case-reminder", "factors-case-will-end"];
  expect(kindsWith({ carries: "object-case", expires: "change" })).toEqual(announced);
  expect(kindsWith({ carries: "code", urgency: "notice" })).toEqual([]);
});

test("a link that confirms is of its mail's own name", () => {
  const expected = ["confirm-address", "confirm-old-email", "confirm-new-email"];
  expect(confirmingMails).toEqual(expected);
  expect(confirmingMails.map(linkTypeOf)).toEqual(expected);
  expect([linkTypeOf("sign-in-code"), linkTypeOf("new-browser")]).toEqual([null, null]);
});

test("a kind of another version is not taken for one of ours", () => {
  expect(mailKinds.map(readKind)).toEqual(mailKinds);
  for (const stored of ["unheard-of", "shared", "toString", ""])
    expect(readKind(stored)).toBeNull();
});
