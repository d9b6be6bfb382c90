import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deviceOf } from "@/lib/client/device-name";

const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.7000.12 Safari/537.36";
const safari =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const edge = `${chrome} Edg/156.0.3000.1`;

describe("a browser is named with its major version, a system without", () => {
  it.each([
    [chrome, "Chrome 156", "Windows"],
    [safari, "Safari 18", "iOS"],
    [firefox, "Firefox 140", "Linux"],
    [edge, "Microsoft Edge 156", "Windows"],
  ])("%s", (userAgent, browser, system) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system });
  });
});

describe("a stranger cannot put words or a code into a mail", () => {
  it("a name that is not known is none", () => {
    expect(deviceOf("Call-us-now/1.0 (Your-account-is-closed)").browser).toBeNull();
    expect(deviceOf("curl/8.9.1")).toEqual({ browser: null, system: null });
  });

  it("a version that looks like a login code is left out", () => {
    expect(deviceOf(chrome.replace("156.0.7000.12", "123456.0")).browser).toBe("Chrome");
  });

  it("whatever is sent, the words are ours and hold no six digits in a row", () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom("Chrome/", "Firefox/", "Windows NT ", "("));
    const digits = fc.stringMatching(/^[0-9.]{1,12}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, digits), { maxLength: 12 }), (pieces) => {
        const { browser, system } = deviceOf(pieces.join(""));
        expect(browser ?? "").toMatch(/^(\D*)( \d{1,3})?$/);
        expect(system ?? "").not.toMatch(/\d{2}/);
      }),
    );
  });

  it("a header of a megabyte is read no further than any other", () => {
    expect(deviceOf(" ".repeat(400) + chrome)).toEqual({ browser: null, system: null });
    expect(deviceOf("Chrome/".repeat(150_000)).browser).toBe("Chrome");
  });
});
