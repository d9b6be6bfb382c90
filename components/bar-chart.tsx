import { barScale } from "@/components/bar-scale";

type BarChartProps = {
  /** What the chart shows, in a sentence: all that who does not see it hears. */
  label: string;
  /** In their order; `text` says a bar's name and value to who points at it. */
  bars: readonly { key: string; value: number | null; text: string }[];
  /** What stands below the first bar and below the last. */
  ends: readonly [string, string];
  /** Writes the value at the upper end of the axis. */
  axisText: (value: number) => string;
};

// Units of the drawing, which is stretched to the room there is.
const SLOT = 10;
const GAP = 2;
const HEIGHT = 100;

/** Bars side by side on an axis that begins at 0, as wide as what they stand in. */
export function BarChart({ label, bars, ends, axisText }: BarChartProps) {
  const { top, heights } = barScale(bars.map(({ value }) => value));
  const width = bars.length * SLOT;
  return (
    <div className="grid gap-1">
      <span aria-hidden="true" className="text-quiet text-sm tabular-nums">
        {axisText(top)}
      </span>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-28 w-full border-line border-y"
      >
        {bars.map(({ key, text }, index) => {
          const height = (heights[index] ?? 0) * HEIGHT;
          return (
            <g key={key}>
              {/* The whole height of the slot can be pointed at, however low the bar. */}
              <rect x={index * SLOT} width={SLOT} height={HEIGHT} className="fill-transparent">
                <title>{text}</title>
              </rect>
              <rect
                x={index * SLOT + GAP / 2}
                y={HEIGHT - height}
                width={SLOT - GAP}
                height={height}
                className="pointer-events-none fill-accent forced-colors:fill-[CanvasText]"
              />
            </g>
          );
        })}
      </svg>
      <div
        aria-hidden="true"
        className="flex justify-between gap-4 text-quiet text-sm tabular-nums"
      >
        {ends.map((end) => (
          <span key={end}>{end}</span>
        ))}
      </div>
    </div>
  );
}
