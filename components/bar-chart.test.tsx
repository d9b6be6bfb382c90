import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { BarChart } from "@/components/bar-chart";

const markup = renderToStaticMarkup(
  <BarChart
    label="Sign-ins, by day"
    bars={[
      { key: "1", value: 5, text: "Monday: 5" },
      { key: "2", value: null, text: "Tuesday: none" },
      { key: "3", value: 10, text: "Wednesday: 10" },
    ]}
    ends={["Monday", "Wednesday"]}
    axisText={(value) => `up to ${value}`}
  />,
);

const attributes = (name: string) =>
  [...markup.matchAll(new RegExp(`<rect[^>]* ${name}="([^"]*)"[^>]*fill-accent`, "g"))].map(
    ([, value]) => Number(value),
  );

test("who does not see the chart hears what it shows, and each bar names its value", () => {
  expect(markup).toContain('role="img" aria-label="Sign-ins, by day"');
  expect(markup).toContain("<title>Tuesday: none</title>");
});

test("bars stand on the axis, from its beginning at 0 to the value at its end", () => {
  expect(markup).toContain("up to 10");
  expect(attributes("height")).toEqual([50, 0, 100]);
  expect(attributes("y")).toEqual([50, 100, 0]);
});

test("the drawing takes the width there is, without a style that the CSP forbids", () => {
  expect(markup).toContain('viewBox="0 0 30 100" preserveAspectRatio="none"');
  expect(markup).toMatch(/<svg[^>]* class="[^"]*\bw-full\b/);
  expect(markup).not.toContain("style=");
});
