/** A line of two texts: in both, only in the one before, or only in the one after. */
export type ComparedLine = { is: "same" | "removed" | "added"; line: string };

// Texts of more lines than this are compared as wholes where they differ: the table below is their product.
const CELLS_MOST = 4_000_000;

/** Two texts line by line, by their longest common subsequence of lines. */
export function compareLines(before: string, after: string): ComparedLine[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  const most = Math.min(old.length, fresh.length) - start;
  while (end < most && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
  const of = (is: ComparedLine["is"]) => (line: string) => ({ is, line });
  return [
    ...old.slice(0, start).map(of("same")),
    ...compareMiddle(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...old.slice(old.length - end).map(of("same")),
  ];
}

const linesOf = (text: string) => (text === "" ? [] : text.split("\n"));

function compareMiddle(old: string[], fresh: string[]): ComparedLine[] {
  const width = fresh.length + 1;
  if ((old.length + 1) * width > CELLS_MOST) return [...removed(old), ...added(fresh)];
  // How many lines are common from each pair of positions on.
  const common = new Uint16Array((old.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = fresh.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        old[row] === fresh[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: ComparedLine[] = [];
  let [row, column] = [0, 0];
  while (row < old.length && column < fresh.length) {
    const line = old[row] ?? "";
    if (line === fresh[column]) {
      lines.push({ is: "same", line });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      lines.push({ is: "removed", line });
      row += 1;
    } else {
      lines.push({ is: "added", line: fresh[column] ?? "" });
      column += 1;
    }
  }
  return [...lines, ...removed(old.slice(row)), ...added(fresh.slice(column))];
}

const removed = (lines: string[]) => lines.map((line) => ({ is: "removed" as const, line }));
const added = (lines: string[]) => lines.map((line) => ({ is: "added" as const, line }));
