/** Where a piece stands in its line, and the space around it; left out: as usual. */
export type Place = { align?: "center" | "end"; space?: "tight" | "wide" };

const margins = { tight: "0 0 4px", wide: "18px 0 32px" };
// Our languages are written from the left, and few mail programs know "end".
const alignments = { center: "center", end: "right" } as const;

/** A piece's style with its place. */
export const placed = <Style extends object>(style: Style, { align, space }: Place = {}) => ({
  ...style,
  ...(space === undefined ? {} : { margin: margins[space] }),
  ...(align === undefined ? {} : { textAlign: alignments[align] }),
});
