import fc from "fast-check";
import { expect, test } from "vitest";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import { newReference } from "@/lib/secrets/reference";
import { readReference, readSearch } from "@/lib/support/read-search";

test.each(["", "   ", "\n\u0000\u200b"])("%j looks for nothing", (typed) => {
  expect(readSearch(typed)).toEqual({ kind: "nothing" });
});

test("something with an @ is an address, in lower case", () => {
  expect(readSearch(" Maria@Example.COM ")).toEqual({ kind: "email", email: "maria@example.com" });
  expect(readSearch("@")).toEqual({ kind: "email", email: "@" });
});

test.each([
  ["Maria Silva <Maria@Example.com>", "maria@example.com"],
  ['"Silva, Maria" <maria@example.com>', "maria@example.com"],
  ["<maria@example.com>", "maria@example.com"],
  ["mailto:maria@example.com", "maria@example.com"],
  ["MAILTO:maria@example.com?subject=Hello%20you", "maria@example.com"],
  ["<mailto:r%26d@example.com>", "r&d@example.com"],
  ["Maria Silva maria@example.com", "maria@example.com"],
  ["maria@example.com,", "maria@example.com"],
  ["maria@example.com; eva@example.com", "maria@example.com"],
  ["(maria@example.com).", "maria@example.com"],
  ["maria@example.com.", "maria@example.com"],
  ["maria＠example.com", "maria@example.com"],
  ["\u200bmaria@example.com\ufeff", "maria@example.com"],
  ["info@почта.рф", "info@xn--80a1acny.xn--p1ai"],
  ["Почта <INFO@ПОЧТА.РФ>", "info@xn--80a1acny.xn--p1ai"],
  ["'maria@example.com'", "maria@example.com"],
  ["‘maria@example.com’", "maria@example.com"],
  ["Maria 'maria@example.com'.", "maria@example.com"],
  ['"maria@example.com"', "maria@example.com"],
  ["“maria@example.com”", "maria@example.com"],
  ["„maria@example.com“", "maria@example.com"],
  ["«maria@example.com»", "maria@example.com"],
  ["« maria@example.com »", "maria@example.com"],
  ["‹maria@example.com›", "maria@example.com"],
  ["`maria@example.com`", "maria@example.com"],
  ["*maria@example.com*", "maria@example.com"],
  ["**maria@example.com**,", "maria@example.com"],
  ["_maria@example.com_", "maria@example.com"],
  ["{maria@example.com}", "maria@example.com"],
  ["[maria@example.com]", "maria@example.com"],
  ["maria@example.com!", "maria@example.com"],
  ["maria@example.com?", "maria@example.com"],
  ["maria@example.com…", "maria@example.com"],
  ["maria@example.com/", "maria@example.com"],
  ["maria @ example.com", "maria@example.com"],
  ["maria@ example.com", "maria@example.com"],
  ["maria @example.com", "maria@example.com"],
  ["Maria @ home: maria@example.com", "maria@example.com"],
  ["ma\u00adria@exam\u200bple.com", "maria@example.com"],
  ["o’brien@example.com", "o'brien@example.com"],
  ["o'brien@example.com", "o'brien@example.com"],
])("%s looks for the address %s", (typed, email) => {
  expect(readSearch(typed)).toEqual({ kind: "email", email });
});

test("a character that only stands in front may be the address's own", () => {
  for (const character of ["'", "*", "_", "#", "`"]) {
    expect(readSearch(`${character}maria@example.com`)).toEqual({
      kind: "email",
      email: `${character}maria@example.com`,
      otherwise: "maria@example.com",
    });
  }
});

test.each([
  ["(203.0.113.7)", "203.0.113.7/32"],
  ["<203.0.113.7>", "203.0.113.7/32"],
  ['"203.0.113.7"', "203.0.113.7/32"],
  ["'203.0.113.7',", "203.0.113.7/32"],
  ["“203.0.113.7”", "203.0.113.7/32"],
  ["«203.0.113.0/24»", "203.0.113.0/24"],
  ["`2001:db8:1:2::9`", "2001:db8:1:2::/64"],
  ["([2001:db8:1:2::9]:443)", "2001:db8:1:2::/64"],
  ["http://203.0.113.7:80/", "203.0.113.7/32"],
  ["https://203.0.113.7/login?a=b", "203.0.113.7/32"],
  ["https://[2001:db8:1:2::9]:443/", "2001:db8:1:2::/64"],
  ["203.0.113.7/", "203.0.113.7/32"],
  ["IP 203.0.113.7", "203.0.113.7/32"],
  ["IP: 203.0.113.7", "203.0.113.7/32"],
  ["ip=203.0.113.7", "203.0.113.7/32"],
  ["IP address: 2001:db8:1:2::9.", "2001:db8:1:2::/64"],
  ["ip:2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["203.0.113.7, 10.0.0.1", "203.0.113.7/32"],
  ["203.0.113.0 / 24", "203.0.113.0/24"],
  ["２０３．０．１１３．７", "203.0.113.7/32"],
  ["203.0.\u200b113.7", "203.0.113.7/32"],
  ["dead:beef::1", "dead:beef::/64"],
  ["203.0.113.7:443", "203.0.113.7/32"],
  ["203.0.113.7:65535,", "203.0.113.7/32"],
  ["[203.0.113.7]:80", "203.0.113.7/32"],
  ["203.0.113.7.", "203.0.113.7/32"],
  ["[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"],
  ["[2001:db8:1:2::9]", "2001:db8:1:2::/64"],
  ["[::1]:443", "::/64"],
  ["2001:db8:1:2::9%eth0", "2001:db8:1:2::/64"],
  ["[::ffff:203.0.113.7]:8080", "203.0.113.7/32"],
  ["203.0.113.7", "203.0.113.7/32"],
  [" 203.0.113.7/24 ", "203.0.113.0/24"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["::ffff:203.0.113.7", "203.0.113.7/32"],
])("%s is a network", (typed, network) => {
  expect(readSearch(typed)).toEqual({ kind: "network", network });
});

test("a reference is read however it is said", () => {
  const reference = newReference();
  const [four, three] = reference.split("-");
  const ways = [reference, `${four}${three}`, `${four} ${three}`, ` ${four}–${three} `];
  ways.push(
    `${four}—${three}.`,
    `${four}_${three}`,
    `(${four}\u2212${three})`,
    `#${four}-${three}`,
    `Ref: ${four}-${three}`,
    `ref.${four}${three}`,
    `Référence : « ${four}-${three} ».`,
    `My case is ${four} ${three}`,
  );
  for (const way of [...ways, ...ways.map((one) => one.toLowerCase())]) {
    expect(readReference(way)).toBe(reference);
    expect(readSearch(way)).toMatchObject({ kind: "reference", reference });
  }
});

test.each(["K7QM-2P", "K7QM-2PXX", "K7QM-2PO", "K7QM-2P1", "XK7QM-2PX", "K7QM-2PX-A", ""])(
  "%j is no reference",
  (typed) => {
    expect(readReference(typed)).toBeNull();
  },
);

test("anything else is a name, from the second character on", () => {
  expect(readSearch("a")).toEqual({ kind: "too-short" });
  expect(readSearch("🙂")).toEqual({ kind: "too-short" });
  expect(readSearch("Ana  Maria")).toEqual({ kind: "name", name: "Ana Maria" });
  expect(readSearch("Gustave")).toMatchObject({ kind: "reference", name: "Gustave" });
  expect(readSearch("Ana :: Maria")).toEqual({ kind: "name", name: "Ana :: Maria" });
  expect(readSearch("999.1.1.1")).toEqual({ kind: "name", name: "999.1.1.1" });
});

test("whatever is typed is read, bounded and without what the database refuses", () => {
  const anything = fc.string({ unit: "binary", maxLength: 2_000 });
  fc.assert(
    fc.property(anything, (typed) => {
      const search = JSON.stringify(readSearch(typed));
      expect(search).not.toContain("\\u0000");
      expect(readSearch(typed.repeat(50)).kind).toBeTypeOf("string");
    }),
  );
  expect(readSearch("x".repeat(1_000_000))).toEqual({ kind: "name", name: "x".repeat(320) });
});

test("a mail's own reference is read however it is said", () => {
  const reference = mailReferenceOf("5e1f3a70-9c4d-4b28-a6e1-3d0c7f92b845");
  const bare = reference.replaceAll("-", "");
  const label = "Reference of this email:";
  for (const way of [reference, bare.toLowerCase(), `${label} ${reference}.`, `Ref ${reference}`]) {
    expect([way, readSearch(way)]).toMatchObject([way, { kind: "reference", reference }]);
  }
  // One character of it read wrong is a name that nobody has.
  expect(readSearch(`B${reference.slice(1)}`).kind).toBe("name");
});
