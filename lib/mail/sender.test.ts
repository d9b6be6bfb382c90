import { expect, test } from "vitest";
import { formatSender, parseSender, senderOf } from "@/lib/mail/sender";

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

test("the name that is set once for all mails stands for the installation's, the address stays", () => {
  const named = (name: string | null) => senderOf('"Casa, Host" <a@host.example>', name);
  expect(named(null)).toBe('"Casa, Host" <a@host.example>');
  expect(named(" \n")).toBe('"Casa, Host" <a@host.example>');
  for (const name of ['A "B", C', "A <b@c.example>"]) {
    expect(parseSender(named(name))).toEqual({ name, address: "a@host.example" });
  }
  expect(named("A\r\nBcc: b@c.example")).toBe("A Bcc: b@c.example <a@host.example>");
});
