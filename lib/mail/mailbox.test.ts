import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkOfMail, mailOfLink } from "@/lib/mail/mailbox";

describe("a mail's link", () => {
  it("holds no figure, so that no link looks like a code", () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(linkOfMail(id)).toMatch(/^[a-p]{32}$/);
      }),
    );
  });

  it("leads back to the mail", () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(mailOfLink(linkOfMail(id))).toBe(id);
      }),
    );
  });

  it("of anything else leads nowhere", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(mailOfLink(text)).toBeNull();
      }),
    );
    expect(mailOfLink("a".repeat(31))).toBeNull();
    expect(mailOfLink(`${"a".repeat(32)}\n`)).toBeNull();
    expect(mailOfLink("q".repeat(32))).toBeNull();
  });
});
