"use client";

import { useEffect, useState } from "react";

type CountdownProps = {
  /** BCP 47 code. */
  locale: string;
  /** Whole seconds until the end, counted by the server while it wrote the page. */
  secondsLeft: number;
  /** `left` holds "{minutes}", which becomes a number with its unit. */
  words: { left: string; aMinute: string; lastMinute: string; ended: string };
};

function textOf(seconds: number, { locale, words }: CountdownProps): string {
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

/**
 * Adds "about 9 minutes left" to a clock time. Its line is there from the start, so nothing shifts;
 * it is no live region, so nothing is read out. Counts on the machine's steady clock: the customer's
 * own time of day may be wrong.
 */
export function Countdown(props: CountdownProps) {
  const { secondsLeft } = props;
  const [left, setLeft] = useState<number | null>(null);
  // Anew whenever the page is brought up to date in place: what is left is then counted from there.
  useEffect(() => {
    const end = performance.now() + secondsLeft * 1000;
    const tick = () => setLeft((end - performance.now()) / 1000);
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [secondsLeft]);
  const text = left === null ? "\u00a0" : textOf(left, props);
  return <span className="block text-quiet text-sm">{text}</span>;
}
