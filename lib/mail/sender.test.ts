import { expect, test } from "vitest";
import { formatSender, parseSender } from "@/lib/mail/sender";

test("a sender is a name and an address, or an address", () => {
  expect(parseSender("Casa Host <a@host.example>")).toEqual({
    name: "Casa Host",
    address: "a@host.example",
  });
  expect(parseSender('"Casa, Host" <a@host.example>').name).toBe("Casa, Host");
  expect(parseSender("a@host.example")).toEqual({ name: "", address: "a@host.example" });
});

test("a comma in the name does not make a second sender", () => {
  expect(formatSender({ name: "Casa, Host", address: "a@host.example" })).toBe(
    '"Casa, Host" <a@host.example>',
  );
  expect(formatSender({ name: "", address: "a@host.example" })).toBe("a@host.example");
});
