import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { HIDDEN, hideContacts } from "@/lib/help/rules/hide-contacts";
import { newReference } from "@/lib/secrets/reference";

describe("an e-mail address is hidden", () => {
  it.each([
    "ines@example.com",
    "ines.castro+portaria@mail.example.co.uk",
    "INES@EXAMPLE.COM",
    "inês@exämple.com",
    "ines(at)example.com",
    "ines [at] example [dot] com",
    "ines (AT) example (ponto) com",
    "ines{at}example{dot}com",
    "ines <at> example.com",
    "ines(arroba)example.com",
    "ines[@]example.com",
    "ines @ example.com",
    "ines＠example．com",
    "ines%40example.com",
    "ines&#64;example.com",
    "root@localhost",
    "root@[192.0.2.1]",
  ])("%s", (address) => {
    expect(hideContacts(`Write to ${address}, please`)).toBe(`Write to ${HIDDEN}, please`);
  });

  test("whatever it is and whatever stands around it", () => {
    const around = fc.constantFrom("", " ", "\n", ", ", "(", ")", "<", ">", ": ", "mailto:", "。");
    fc.assert(
      fc.property(fc.emailAddress(), around, around, (address, before, after) => {
        const shown = hideContacts(`one${before} ${address} ${after}two`);
        expect(shown).not.toContain("@");
        expect(shown).not.toContain(address.slice(address.indexOf("@") + 1));
      }),
    );
  });
});

describe("a phone number is hidden", () => {
  it.each([
    "+351 215 550 100",
    "+351-215-550-100",
    "(21) 5550-0100",
    "+1 (212) 555-0100",
    "00351215550100",
    "5550100",
    "555 0100",
    "01.23.45.67.89",
    "01 23 45 67 89",
    "06/12/34/56/78",
    "212–555–0100",
    "２１２ ５５５ ０１００",
    "٢١٢٥٥٥٠١٠٠",
    "2\u200d1\u200d2\u200d5\u200d5\u200d5\u200d0\u200d1\u200d0\u200d0",
    "5_5_5_0_1_0_0",
  ])("%s", (number) => {
    expect(hideContacts(`Call ${number} today`)).toBe(`Call ${HIDDEN} today`);
  });

  test("with any digits and any marks between them", () => {
    const mark = fc.constantFrom("", " ", "-", ".", " - ", ") ", "/", "\u00a0");
    const rest = fc.array(fc.tuple(mark, fc.integer({ min: 0, max: 9 })), {
      minLength: 6,
      maxLength: 14,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), rest, (first, digits) => {
        const number = `+${first}${digits.map(([between, digit]) => between + digit).join("")}`;
        expect(hideContacts(`Call ${number} today`)).toBe(`Call ${HIDDEN} today`);
      }),
    );
  });
});

describe("what is no way to reach anybody stays", () => {
  it.each([
    "203.0.113.7",
    "203.0.113.0/24 and 198.51.100.9:8080",
    "203.0.113.7 - 203.0.113.200",
    "from 203.0.113.7 (was 198.51.100.23)",
    "2001:db8:1234:5678::1/64",
    "2026-11-22 14:32:10",
    "22/11/2026, 11/22/2026 or 22.11.26",
    "22.11.2026-24.11.2026",
    "2024-2026",
    "K7QM-2PX",
    "2345-678",
    "3 wrong codes in 60 minutes, 123456",
    "Write to me at once",
    "@support, is that so?",
    "1.\n2.\n3.\n4.\n5.\n6.\n7.",
    "https://example.com/help?a=b",
  ])("%s", (text) => {
    expect(hideContacts(text)).toBe(text);
  });

  test("any IP address, any day and any reference", () => {
    const day = fc
      .date({
        min: new Date("1990-01-01"),
        max: new Date("2090-01-01"),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString().slice(0, 10));
    const reference = fc.integer().map(newReference);
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), day, reference), (text) => {
        expect(hideContacts(`It says ${text} there`)).toBe(`It says ${text} there`);
      }),
    );
  });
});

describe("dressing up does not help", () => {
  it.each(["+91.234.56.78", "+20-12-2030", "+2345-678", "1.203.0.113.7", "20-12-2030-55"])(
    "%s",
    (number) => {
      expect(hideContacts(`Call ${number} today`)).toBe(`Call ${HIDDEN} today`);
    },
  );
});

test("hiding again changes nothing, and never makes a text longer", () => {
  const parts = fc.constantFrom(
    "a@b.c",
    "5550100",
    "(at)",
    "@",
    ".",
    " ",
    "1",
    "+",
    "x",
    "\n",
    "-",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(parts).map((all) => all.join("")),
      ),
      (text) => {
        const shown = hideContacts(text);
        expect(hideContacts(shown)).toBe(shown);
        expect(shown.length).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});

test("a hostile text of the greatest length takes no time worth measuring", () => {
  for (const part of ["(at)", "1 ", "a@", "1.", "@", "((((at", "2001-", "AAAA-"]) {
    expect(hideContacts(part.repeat(1_000)).length).toBeGreaterThan(0);
  }
});
