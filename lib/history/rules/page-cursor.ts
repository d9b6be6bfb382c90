/** Rows of one page of a list. */
export const ROWS_PER_PAGE = 25;

/** Where a page of a list goes on: after this row, in falling order of time. */
export type Cursor = { at: Date; id: string };

/** A cursor as it stands in an address. */
export const cursorText = ({ at, id }: Cursor) => `${at.getTime()}-${id}`;

const format = /^(\d{1,15})-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Reads a cursor out of an address; null for anything else, which shows the first page. */
export function readCursor(text: string | null | undefined): Cursor | null {
  const [, time, id] = format.exec(text ?? "") ?? [];
  return time === undefined || id === undefined ? null : { at: new Date(Number(time)), id };
}

/** The rows of a page, of one more than it holds, and where the next one goes on. */
export function pageOf<Row extends Cursor>(rows: Row[]): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, ROWS_PER_PAGE);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > shown.length && last ? cursorText(last) : null };
}
