import morphdom from "morphdom";
import { sayRefreshed } from "@/components/scripts/on-each-page";

const asked = () => [...document.querySelectorAll<HTMLElement>("[data-refresh-seconds]")];

const isField = (node: Element) => node.matches("input, textarea, select");
const isHidden = (node: Element) => node.matches('input[type="hidden"]');

/** What the reader has made of the page stays as it is: what they typed, opened, or have to read first. */
function bringUpToDate(page: Document): void {
  const [now, next] = [document.querySelector("main"), page.querySelector("main")];
  if (now === null || next === null) return;
  morphdom(now, next, {
    onBeforeElUpdated: (from, to) => {
      if (from.isEqualNode(to) || from.matches("[data-keeps]")) return false;
      if (from instanceof HTMLDetailsElement) to.toggleAttribute("open", from.open);
      return !isField(from) || isHidden(from);
    },
    // Said once, and the server does not say it again.
    onBeforeNodeDiscarded: (node) => !(node instanceof Element && node.matches("[data-said-once]")),
  });
  document.title = page.title;
  sayRefreshed();
}

const fields = () => [...document.querySelectorAll<HTMLInputElement>("main input, main textarea")];
const isTyped = (field: HTMLInputElement) =>
  !isHidden(field) &&
  (field.value !== field.defaultValue || field.checked !== field.defaultChecked);

/** A form is open that could move under the hand. */
function standsStill(): boolean {
  return asked().some(({ dataset: { refreshUnless: unless } }) => {
    return unless !== undefined && document.querySelector(unless) !== null;
  });
}

/** Asks again so much later, at most, the longer no answer comes: many may wait for a server that is away. */
const LONGEST_TIMES = 8;
let times = 1;

async function refresh(): Promise<void> {
  const answer = await fetch(location.href, {
    headers: { Accept: "text/html" },
    cache: "no-store",
  }).catch(() => null);
  // While the server or the line is away, the page stays as it is.
  if (answer === null || !answer.ok) {
    times = Math.min(times * 2, LONGEST_TIMES);
    return;
  }
  times = 1;
  if (answer.redirected) {
    if (!fields().some(isTyped)) location.replace(answer.url);
    return;
  }
  // The line may break in the middle of it.
  const html = await answer.text().catch(() => null);
  if (html === null) return;
  const page = new DOMParser().parseFromString(html, "text/html");
  // Looked at again: a form may have been opened meanwhile.
  if (!standsStill()) bringUpToDate(page);
}

async function goOn(): Promise<void> {
  if (document.visibilityState === "visible" && !standsStill()) await refresh();
  wait();
}

function wait(): void {
  const seconds = asked().map(({ dataset }) => Number(dataset.refreshSeconds));
  const soonest = Math.min(...seconds.filter((one) => one > 0));
  if (soonest < Number.POSITIVE_INFINITY) setTimeout(goOn, soonest * times * 1000);
}

wait();
