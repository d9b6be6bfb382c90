type CountdownProps = {
  /** Whole seconds until the end, counted by the server while it wrote the page. */
  secondsLeft: number;
  /** `left` holds "{minutes}", which becomes a number with its unit. */
  words: { left: string; aMinute: string; lastMinute: string; ended: string };
};

/**
 * Adds "about 9 minutes left" to a clock time. Its line is there from the start, so nothing shifts;
 * it is no live region, so nothing is read out.
 */
export function Countdown({ secondsLeft, words }: CountdownProps) {
  return (
    <span
      className="block text-quiet text-sm"
      data-countdown={JSON.stringify(words)}
      data-seconds-left={secondsLeft}
    >
      {"\u00a0"}
    </span>
  );
}
