import { expect, test } from "vitest";
import { timeZones, timeZoneToday } from "@/lib/time-zones";

test.each([
  ["Europe/Kyiv", "Europe/Kiev"],
  ["Asia/Kolkata", "Asia/Calcutta"],
  ["America/Nuuk", "America/Godthab"],
  ["Asia/Kathmandu", "Asia/Katmandu"],
  ["Asia/Ho_Chi_Minh", "Asia/Saigon"],
  ["Asia/Yangon", "Asia/Rangoon"],
  ["Pacific/Kanton", "Pacific/Enderbury"],
  ["Pacific/Pohnpei", "Pacific/Ponape"],
  ["Pacific/Chuuk", "Pacific/Truk"],
  ["Atlantic/Faroe", "Atlantic/Faeroe"],
  ["America/Argentina/Buenos_Aires", "America/Buenos_Aires"],
  ["America/Indiana/Indianapolis", "America/Indianapolis"],
  ["America/Kentucky/Louisville", "America/Louisville"],
  ["America/Atikokan", "America/Coral_Harbour"],
  ["Africa/Asmara", "Africa/Asmera"],
])("%s is what %s is called today, and stands in the list once", (today, yesterday) => {
  expect([timeZoneToday(today), timeZoneToday(yesterday)]).toEqual([today, today]);
  expect(timeZones.filter((name) => name === today)).toHaveLength(1);
  expect(timeZones).not.toContain(yesterday);
});

test("every zone of the list is called as it says, and none stands there twice", () => {
  expect(timeZones.map(timeZoneToday)).toEqual(timeZones);
  expect(new Set(timeZones).size).toBe(timeZones.length);
  expect(timeZones[0]).toBe("UTC");
});

test.each(["", "Europe/Nowhere", "Kyiv", "UTC+1", "\u0000", "x".repeat(10_000)])(
  "%j is no time zone",
  (name) => {
    expect(timeZoneToday(name)).toBeNull();
  },
);
