import Bowser from "bowser";
import { keepLast } from "@/lib/keep-last";

// bowser's own names; its last resort repeats any word of the header, which a stranger could choose.
const browsers = new Set<string>(Object.values(Bowser.BROWSER_MAP));
const systems = new Set<string>(Object.values(Bowser.OS_MAP));

/** The first number of a version where it looks like one: at most three digits. */
function majorOf(version: string | undefined): string | null {
  const major = version?.split(".")[0] ?? "";
  const plain = [...major].every((digit) => digit >= "0" && digit <= "9");
  return plain && major.length > 0 && major.length <= 3 ? major : null;
}

type Device = { browser: string | null; system: string | null };

// Whoever signs in is named at each step with the same header, and many have the same.
const DEVICES_KEPT = 500;
const kept = keepLast<Device>(DEVICES_KEPT);

/**
 * Names a browser and a system for people, from a fixed list of names.
 *
 * @param userAgent the header as sent; only its first 400 characters are looked at
 * @returns such as `{ browser: "Chrome 156", system: "Windows" }`; null where it is not a known one
 */
export function deviceOf(userAgent: string): Device {
  const text = userAgent.slice(0, 400);
  if (text.trim() === "") return { browser: null, system: null };
  return kept(text, () => readDevice(text));
}

function readDevice(text: string): Device {
  const { browser, os } = Bowser.parse(text);
  const name = browser.name && browsers.has(browser.name) ? browser.name : null;
  const major = majorOf(browser.version);
  return {
    browser: name === null || major === null ? name : `${name} ${major}`,
    system: os.name && systems.has(os.name) ? os.name : null,
  };
}
