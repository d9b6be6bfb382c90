import { expect, test } from "vitest";
import { browserZone, zoneAsSaid } from "@/lib/client/browser-zone";
import { clientOf } from "@/lib/client/client-ip";

const asked = (cookie: string) => new Headers({ cookie });

test.each([
  ["portaria.time-zone=Europe%2FLisbon", "Europe/Lisbon"],
  ["portaria.time-zone=Europe/Lisbon", "Europe/Lisbon"],
  [
    "a=b; portaria.time-zone=America%2FArgentina%2FBuenos_Aires; c=d",
    "America/Argentina/Buenos_Aires",
  ],
  ["portaria.time-zone=UTC", "UTC"],
])("%s says %s", (cookie, zone) => {
  expect(browserZone(asked(cookie))).toBe(zone);
  expect(clientOf(asked(cookie)).timeZone).toBe(zone);
});

test("a name of before is kept as it was said, so that it is said once, and read as today's", () => {
  const headers = asked("portaria.time-zone=Asia%2FCalcutta");
  expect(zoneAsSaid(headers.get("cookie"))).toBe("Asia/Calcutta");
  expect(browserZone(headers)).toBe("Asia/Kolkata");
});

test.each([
  "",
  "portaria.time-zone=",
  "portaria.time-zone=Nowhere%2FLand",
  "portaria.time-zone=%2B01:00",
  "portaria.time-zone=%3C/script%3E",
  "portaria.time-zone=</script>",
  `portaria.time-zone=${"x".repeat(4000)}`,
  "other.portaria.time-zone=Europe%2FLisbon",
])("%s says nothing", (cookie) => {
  expect(zoneAsSaid(cookie)).toBeNull();
  expect(browserZone(asked(cookie))).toBeNull();
});
