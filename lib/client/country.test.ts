import { tmpdir } from "node:os";
import { afterEach, describe, expect, it, vi } from "vitest";

async function fresh() {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, "portariaCountries");
  const { log } = await import("@/lib/log/log");
  const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
  const { countryCodeOf } = await import("@/lib/client/country");
  return { countryCodeOf, warn };
}

afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(globalThis, "portariaCountries");
});

describe("the country of an address", () => {
  it("is looked up offline, for both families", async () => {
    const { countryCodeOf } = await fresh();
    expect(countryCodeOf("8.8.8.8")).toBe("US");
    expect(countryCodeOf("2001:4860:4860::8888")).toBe("US");
    expect(countryCodeOf("85.240.0.1")).toBe("PT");
  });

  it("is read once, however many copies of this code there are", async () => {
    const first = await fresh();
    expect(first.countryCodeOf("8.8.8.8")).toBe("US");
    vi.resetModules();
    vi.spyOn(process, "cwd").mockReturnValue(tmpdir());
    const { countryCodeOf } = await import("@/lib/client/country");
    expect(countryCodeOf("85.240.0.1")).toBe("PT");
  });

  it.each(["127.0.0.1", "::1", "10.0.0.1", "100.64.0.1", "fd00::1", "203.0.113.7", "2001:db8::1"])(
    "%s belongs to none",
    async (ip) => {
      const { countryCodeOf } = await fresh();
      expect(countryCodeOf(ip)).toBeNull();
    },
  );

  it("is unknown for what is no address", async () => {
    const { countryCodeOf } = await fresh();
    expect(countryCodeOf("127.1")).toBeNull();
  });

  it("without the table every country is unknown, and the log says so once", async () => {
    vi.spyOn(process, "cwd").mockReturnValue(tmpdir());
    const { countryCodeOf, warn } = await fresh();
    expect(countryCodeOf("8.8.8.8")).toBeNull();
    expect(countryCodeOf("85.240.0.1")).toBeNull();
    expect(warn).toHaveBeenCalledTimes(1);
  });
});
