import type { ReactNode } from "react";

export type DataTableProps = {
  /** What the table shows; read out first. */
  caption: string;
  headings: readonly string[];
  /** Cells in the order of the headings; the first one names its row. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  /** Columns that hold numbers, by their index: set to the right, and never broken. */
  numeric?: readonly number[];
  /**
   * Where the window is narrow: it scrolls within itself, with its first column in sight too, or each row
   * stands by itself with a line for each heading.
   */
  narrow?: "scrolls" | "keeps-names" | "stacks";
};

// `max-sm` is a telephone. A cell's heading is drawn beside it there, for the row of headings is out of sight.
const looks = {
  scrolls: { table: "", head: "", row: "", name: "", cell: "", number: "" },
  "keeps-names": {
    ...{ table: "", head: "", row: "", cell: "", number: "" },
    name: "max-sm:sticky max-sm:left-0 max-sm:border-line max-sm:border-r",
  },
  stacks: {
    table: "max-sm:block",
    head: "max-sm:sr-only",
    row: "max-sm:grid max-sm:gap-1 max-sm:px-3 max-sm:py-3",
    name: "max-sm:block max-sm:p-0 max-sm:font-semibold",
    cell: "max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-2 max-sm:p-0 max-sm:text-right max-sm:before:text-left max-sm:before:text-quiet max-sm:before:text-sm max-sm:before:content-[attr(data-heading)] max-sm:supports-[content:'x'/'y']:before:content-[attr(data-heading)_/_'']",
    number: "max-sm:whitespace-normal",
  },
} as const;

/** A table that fits a narrow window, or scrolls within itself there. */
export function DataTable(props: DataTableProps) {
  const { caption, headings, rows, numeric = [], narrow = "scrolls" } = props;
  const look = looks[narrow];
  // Browsers that forget what a table is once it is laid out otherwise.
  const role = (name: string) => (narrow === "stacks" ? name : undefined);
  const align = (column: number) => (numeric.includes(column) ? "text-right tabular-nums" : "");
  const whole = (column: number) =>
    numeric.includes(column) ? `whitespace-nowrap ${look.number}` : "";
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className="scroll-box relative overflow-x-auto rounded-lg border border-line"
    >
      <table
        role={role("table")}
        className={`w-full border-collapse text-left text-base [overflow-wrap:normal] ${look.table}`}
      >
        <caption className="sr-only">{caption}</caption>
        <thead role={role("rowgroup")} className={`bg-sunken ${look.head}`}>
          <tr role={role("row")}>
            {headings.map((heading, column) => (
              <th
                key={heading}
                scope="col"
                role={role("columnheader")}
                className={`px-3 py-2.5 font-semibold sm:px-4 ${align(column)} ${
                  column === 0 ? `${look.name} bg-sunken` : ""
                }`}
              >
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role={role("rowgroup")} className={`divide-y divide-line ${look.table}`}>
          {rows.map(({ key, cells }) => (
            <tr key={key} role={role("row")} className={look.row}>
              {cells.map((cell, column) =>
                column === 0 ? (
                  <th
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their order
                    key={column}
                    scope="row"
                    role={role("rowheader")}
                    className={`px-3 py-2.5 font-medium sm:px-4 ${align(column)} ${look.name} bg-card`}
                  >
                    {cell}
                  </th>
                ) : (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their order
                    key={column}
                    role={role("cell")}
                    data-heading={narrow === "stacks" ? headings[column] : undefined}
                    className={`px-3 py-2.5 sm:px-4 ${align(column)} ${whole(column)} ${look.cell}`}
                  >
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
