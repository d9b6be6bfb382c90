import { expect, test } from "vitest";
import { gatherNotifiedOf, type NotifiedOf, type Undo } from "@/lib/account/rules/notified-of";
import { judgePress } from "@/lib/not-me/rules/judge-press";

const now = new Date("2026-11-22T12:00:00Z");
const home: NotifiedOf & { network: string } = {
  mail: "place-added",
  ip: "192.0.2.1",
  network: "192.0.2.1/32",
  trustedBefore: true,
};
const away = { ...home, ip: "198.51.100.1", network: "198.51.100.1/32", trustedBefore: false };
const place = (network: string): Undo => ({ kind: "place", network });

/** What a press on the one link of a mail that is about several things does. */
const press = (...notified: NotifiedOf[]) =>
  judgePress(
    notified.reduce((before, next) => gatherNotifiedOf(before, next)),
    null,
    false,
    now,
  );

test("everything that was mailed is undone, each once", () => {
  const [one, two] = [place("192.0.2.0/28"), place("192.0.2.16/28")];
  const phone: Undo = { kind: "phone" };
  const notified = [one, two, phone, one, phone].map((undo) => ({ ...home, undo }));
  expect(press(...notified)).toEqual({ blocks: false, undo: one, also: [two, phone] });
  expect(press(home, home)).toEqual({ blocks: false, undo: null, also: [] });
});

test("the network that was not trusted before is blocked, whichever came first; the other is forgotten", () => {
  for (const notified of [
    [home, away],
    [away, home],
    [home, away, home],
  ]) {
    const gathered = notified.reduce<NotifiedOf>(
      (before, next) => gatherNotifiedOf(before, next),
      notified[0] ?? home,
    );
    expect(gathered).toMatchObject({ network: away.network, trustedBefore: false });
    expect(press(...notified)).toEqual({ blocks: true, undo: null, also: [place(home.network)] });
  }
});

test("a change of e-mail is undone by its own mail alone", () => {
  const undo: Undo = { kind: "email-change", emailChangeId: "x" };
  expect(press(home, { ...home, undo }).also).toEqual([]);
});

test("what is undone ends somewhere", () => {
  const notified = Array.from({ length: 300 }, (_, index) => ({
    ...home,
    undo: place(`10.0.${index}.0/24`),
  }));
  expect(press(...notified).also).toHaveLength(200);
});
