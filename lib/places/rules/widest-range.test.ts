import { expect, test } from "vitest";
import { widestRange } from "@/lib/places/rules/widest-range";

test.each([
  ["none", [], 64, null],
  ["single ones of both families", ["203.0.113.7", "2001:db8:1:2::/64"], 64, null],
  ["a range of IPv4", ["198.51.100.0/30", "203.0.113.0/24"], 64, ["203.0.113.0/24", 256]],
  ["a range of IPv6", ["203.0.113.0/24", "2001:db8::/48"], 64, ["2001:db8::/48", 65_536]],
  ["what is one IP here is no range", ["2001:db8::/56"], 56, null],
  ["narrower than one IP neither", ["2001:db8:1:2::/64"], 56, null],
  ["the first of two alike", ["192.0.2.0/28", "203.0.113.0/28"], 64, ["192.0.2.0/28", 16]],
] as const)("the widest range: %s", (_, networks, ipv6Prefix, widest) => {
  expect(widestRange(networks, ipv6Prefix)).toEqual(
    widest && { network: widest[0], size: widest[1] },
  );
});
