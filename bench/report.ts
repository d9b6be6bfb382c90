import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchCommand } from "@/bench/arguments";
import { crowds, type Shown } from "@/bench/compare";
import { countOf, type Steps } from "@/bench/count-statements";
import type { ServerName } from "@/bench/grounds";
import { type JourneyName, journeyNames, titles } from "@/bench/journeys";
import type { Load } from "@/bench/load";
import { describeRun } from "@/bench/machine";
import { median } from "@/bench/median";
import type { Weight } from "@/bench/page-weight";
import { hasProcesses } from "@/bench/process-tree";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { root } from "@/lib/machine/project.mjs";

const begin = "<!-- npm run bench -- --write -->";
const end = "<!-- end of what npm run bench writes -->";
/** Cores of other programs from which a figure is no longer to be relied on. */
const NOISY = 0.2;

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (head: string[], rows: string[][]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
const number = (value: number) => value.toLocaleString("en");
const places = (ratio: number) => ratio.toFixed(ratio < 10 ? 2 : 0);

/** Ratios of two servers in the same rounds: the median, and the lowest and highest. */
function spread(ratios: number[]): string {
  if (ratios.some(Number.isNaN)) return "–";
  const middle = places(median(ratios));
  if (ratios.length === 1) return middle;
  return `${middle} (${places(Math.min(...ratios))}–${places(Math.max(...ratios))})`;
}

const ratios = (of: Record<ServerName, number[]>) =>
  of.product.map((value, round) => value / (of.floor[round] ?? Number.NaN));

/** Of one journey with so many visitors, the figure of each round. */
function figures({ loads }: Shown, name: JourneyName, visitors: number, key: keyof Load) {
  const of = (server: ServerName) =>
    loads
      .filter((one) => one.server === server && one.name === name && one.visitors === visitors)
      .map((one) => one.load[key]);
  return { floor: of("floor"), product: of("product") };
}

function loadTable(shown: Shown): string {
  const line = (label: string, visitors: number, key: keyof Load) => [
    label,
    ...journeyNames.map((name) => spread(ratios(figures(shown, name, visitors, key)))),
  ];
  return table(
    ["times the floor", "known place", "new network, with its mails"],
    [
      ...crowds.map((visitors) => line(`flows a second, ${visitors} at once`, visitors, "rate")),
      line("CPU of a flow, 8 at once", 8, "cpuMs"),
      line("half of them took less than, 1 at once", 1, "p50"),
      line("99 of 100 took less than, 32 at once", 32, "p99"),
    ],
  );
}

const counted = (steps: Steps) => {
  const writes = steps.flatMap(({ statements }) => statements.filter(({ isWrite }) => isWrite));
  return `${countOf(steps)} (${writes.length})`;
};

function statementTable({ statements: { floor, product } }: Shown): string {
  const parts = (steps: Steps) =>
    steps.map(({ step, statements }) => `${step} ${statements.length}`).join(", ");
  const byClock = (steps: Steps) => steps.reduce((sum, one) => sum + one.byClock, 0);
  return table(
    [
      "SQL statements of a journey (writes)",
      "floor",
      "product",
      "which are, with what each leaves to be done",
      "beside them, as while idle",
    ],
    journeyNames.map((name) => [
      titles[name],
      counted(floor[name]),
      counted(product[name]),
      parts(product[name]),
      String(byClock(product[name])),
    ]),
  );
}

function pageTable({ pages }: Shown): string {
  const bytes = ({ plain, packed }: Weight) => `${number(plain)} / ${number(packed)}`;
  return table(
    ["bytes of a page, plain / as sent", "HTML", "JavaScript"],
    Object.entries(pages).map(([path, { html, scripts }]) => [
      `\`${path}\``,
      bytes(html),
      bytes(scripts),
    ]),
  );
}

function serverTable({ firstAnswerMs, firstByteMs, memoryMiB }: Shown): string {
  const memory = Number.isNaN(memoryMiB.product) ? "" : ` (${memoryMiB.product.toFixed(0)} MiB)`;
  return table(
    ["the server", "times the floor"],
    [
      ["first byte of `/login`", spread(ratios(firstByteMs))],
      ["start to first answer, built", spread(ratios(firstAnswerMs))],
      [`memory after the run${memory}`, spread([memoryMiB.product / memoryMiB.floor])],
    ],
  );
}

function noiseSentence({ loads }: Shown): string {
  if (!hasProcesses)
    return "This system has no /proc, so CPU, memory and what else used the machine are not known.";
  const others = loads.map(({ load }) => load.otherCores);
  const noisy = others.filter((cores) => cores > NOISY).length;
  return (
    `Other programs used ${Math.max(...others).toFixed(2)} cores at most, ` +
    `and more than ${NOISY} in ${noisy} of ${others.length} measurements.`
  );
}

type Options = Extract<BenchCommand, { kind: "journeys" }>;

/** A run's tables in Markdown, with the command, the day and the machine. */
export function report(shown: Shown, { rounds, seconds, write, database }: Options): string {
  const command = ["npm run bench --", `--rounds ${rounds}`, `--seconds ${seconds}`];
  if (write) command.push("--write");
  return [
    `${describeRun(`\`${command.join(" ")}\``)}, PostgreSQL ${database === null ? "embedded" : "given"}. ` +
      `${rounds === 1 ? "One round" : `Medians of ${rounds} rounds (lowest–highest)`}. ` +
      `${noiseSentence(shown)} ` +
      "`EMAIL_PER_SECOND` is 1000: its default of 5 is what a provider takes, not what Portaria can send.",
    loadTable(shown),
    statementTable(shown),
    pageTable(shown),
    serverTable(shown),
  ].join("\n\n");
}

/** Puts a run's tables into README, between its two marks. */
export function writeReadme(tables: string): void {
  const file = join(root, "README.md");
  const text = readFileSync(file, "utf8");
  const before = text.indexOf(begin);
  const after = text.indexOf(end);
  if (before < 0 || after < before)
    throw new OperatorError(`README.md has lost its marks: ${begin} and ${end}.`);
  writeFileSync(file, `${text.slice(0, before)}${begin}\n\n${tables}\n\n${text.slice(after)}`);
}
