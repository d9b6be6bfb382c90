import { expect, test } from "vitest";
import {
  addressesFor,
  type ResendTo,
  readResendTo,
  writeResendTo,
} from "@/lib/challenge/rules/resend-to";
import { maskEmail } from "@/lib/typed/mask-email";

const [contact, yahoo, third] = ["carla@example.com", "yara@web.example", "yves@web.example"];
const all = [contact, yahoo, third];

test.each<[string, ResendTo | null, string[]]>([
  ["none is named", null, all],
  ["the contact e-mail", { nth: 0, shown: maskEmail(contact) }, [contact]],
  ["a further one", { nth: 1, shown: maskEmail(yahoo) }, [yahoo]],
  ["one of two that are shown alike", { nth: 2, shown: maskEmail(third) }, [third]],
  ["the order has changed", { nth: 1, shown: maskEmail(contact) }, all],
  ["one that is there no more", { nth: 3, shown: maskEmail(yahoo) }, all],
  ["another account's", { nth: 1, shown: "o•••@o•••.example" }, all],
  ["the address itself, which no page shows", { nth: 1, shown: yahoo }, all],
])("sent again, %s", (_, to, addresses) => {
  expect(addressesFor(to, all, maskEmail)).toEqual(addresses);
});

test("what a button says is read as it was written", () => {
  const to = { nth: 1, shown: "y•••@w•••.example" };
  expect(readResendTo(writeResendTo(to))).toEqual(to);
});

test.each([
  null,
  "",
  "1",
  "1 ",
  " y•••@w•••.example",
  "-1 y•••@w•••.example",
  "1e9 y•••@w•••.example",
  "111 y•••@w•••.example",
  "1 y•••@w•••.example and more",
  "1 y•••@w•••.example\n2 o•••@o•••.example",
  `1 ${"y".repeat(321)}`,
])("%j names no address", (text) => {
  expect(readResendTo(text)).toBeNull();
});
