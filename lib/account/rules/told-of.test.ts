import { expect, test } from "vitest";
import { gatherToldOf, type ToldOf, type Undo } from "@/lib/account/rules/told-of";
import { judgePress } from "@/lib/not-me/rules/judge-press";

const now = new Date("2026-11-22T12:00:00Z");
const home: ToldOf & { network: string } = {
  mail: "place-added",
  ip: "192.0.2.1",
  network: "192.0.2.1/32",
  trustedBefore: true,
};
const away = { ...home, ip: "198.51.100.1", network: "198.51.100.1/32", trustedBefore: false };
const place = (network: string): Undo => ({ kind: "place", network });

/** What a press on the one link of a mail that tells of several things does. */
const press = (...told: ToldOf[]) =>
  judgePress(
    told.reduce((before, next) => gatherToldOf(before, next)),
    null,
    false,
    now,
  );

test("everything that was told of is undone, each once", () => {
  const [one, two] = [place("192.0.2.0/28"), place("192.0.2.16/28")];
  const phone: Undo = { kind: "phone" };
  const told = [one, two, phone, one, phone].map((undo) => ({ ...home, undo }));
  expect(press(...told)).toEqual({ blocks: false, undo: one, also: [two, phone] });
  expect(press(home, home)).toEqual({ blocks: false, undo: null, also: [] });
});

test("the network that was not trusted before is blocked, whichever came first; the other is forgotten", () => {
  for (const told of [
    [home, away],
    [away, home],
    [home, away, home],
  ]) {
    const gathered = told.reduce<ToldOf>(
      (before, next) => gatherToldOf(before, next),
      told[0] ?? home,
    );
    expect(gathered).toMatchObject({ network: away.network, trustedBefore: false });
    expect(press(...told)).toEqual({ blocks: true, undo: null, also: [place(home.network)] });
  }
});

test("a change of e-mail is undone by its own mail alone", () => {
  const undo: Undo = { kind: "email-change", emailChangeId: "x" };
  expect(press(home, { ...home, undo }).also).toEqual([]);
});

test("what is undone ends somewhere", () => {
  const told = Array.from({ length: 300 }, (_, index) => ({
    ...home,
    undo: place(`10.0.${index}.0/24`),
  }));
  expect(press(...told).also).toHaveLength(200);
});
