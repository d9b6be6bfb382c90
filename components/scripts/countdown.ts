import { onEachPage } from "@/components/scripts/on-each-page";

type Words = { left: string; aMinute: string; lastMinute: string; ended: string };

function textOf(seconds: number, locale: string, words: Words): string {
  if (seconds <= 0) return words.ended;
  if (seconds < 60) return words.lastMinute;
  if (Math.round(seconds / 60) === 1) return words.aMinute;
  const minutes = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "minute",
    unitDisplay: "long",
  }).format(Math.round(seconds / 60));
  return words.left.replace("{minutes}", minutes);
}

/** Counts on the machine's steady clock: the customer's own time of day may be wrong. */
function count(line: HTMLElement): () => void {
  const words = JSON.parse(line.dataset.countdown ?? "") as Words;
  const end = performance.now() + Number(line.dataset.secondsLeft) * 1000;
  const locale = document.documentElement.lang;
  const tick = () => {
    line.textContent = textOf((end - performance.now()) / 1000, locale, words);
  };
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
}

let stops: (() => void)[] = [];
// Anew whenever the page is brought up to date: what is left is then counted from there.
onEachPage(() => {
  for (const stop of stops) stop();
  stops = [...document.querySelectorAll<HTMLElement>("[data-countdown]")].map(count);
});
