import type { ReactNode } from "react";

type DataTableProps = {
  /** What the table shows; read out first. */
  caption: string;
  headings: readonly string[];
  /** Cells in the order of the headings; the first one names its row. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  /** Columns that hold numbers, by their index: set to the right. */
  numeric?: readonly number[];
};

/** A table that scrolls within itself where the window is narrow. */
export function DataTable({ caption, headings, rows, numeric = [] }: DataTableProps) {
  const align = (column: number) => (numeric.includes(column) ? "text-right tabular-nums" : "");
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line"
    >
      <table className="w-full border-collapse text-left text-base [overflow-wrap:normal]">
        <caption className="sr-only">{caption}</caption>
        <thead className="bg-sunken">
          <tr>
            {headings.map((heading, column) => (
              <th
                key={heading}
                scope="col"
                className={`px-4 py-2.5 font-semibold ${align(column)}`}
              >
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, column) =>
                column === 0 ? (
                  <th
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their order
                    key={column}
                    scope="row"
                    className={`px-4 py-2.5 font-medium ${align(column)}`}
                  >
                    {cell}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their order
                  <td key={column} className={`px-4 py-2.5 ${align(column)}`}>
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
