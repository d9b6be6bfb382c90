import type { ToolbarAction } from "@/components/mail-editor/words";

const headings: Partial<Record<ToolbarAction, string>> = {
  heading1: "H1",
  heading2: "H2",
  heading3: "H3",
};

// Each drawn on a ground of 20 by 20.
const paths: Partial<Record<ToolbarAction, string>> = {
  paragraph: "M4 5h12M10 5v11",
  list: "M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01",
  bold: "M6 4h5a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z",
  italic: "M9 4h6M5 16h6M12 4 8 16",
  link: "M8.5 11.5a3 3 0 0 0 4.3 0l2.6-2.6a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.6 2.6a3 3 0 0 0 4.3 4.3l1-1",
  center: "M3 5h14M6 10h8M4.5 15h11",
  end: "M3 5h14M9 10h8M6 15h11",
  tight: "M4 10h12M10 2v5M7.5 4.5 10 7l2.5-2.5M10 18v-5M7.5 15.5 10 13l2.5 2.5",
  wide: "M4 10h12M10 7V2M7.5 4.5 10 2l2.5 2.5M10 13v5M7.5 15.5 10 18l2.5-2.5",
  variable:
    "M7 3C5 3 5 4 5 6s0 4-2 4c2 0 2 2 2 4s0 3 2 3M13 3c2 0 2 1 2 3s0 4 2 4c-2 0-2 2-2 4s0 3-2 3",
  button: "M4 5.5h12a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2zM6 10h8",
  image: "M3 4h14v12H3zM3 14l4-4 3 3 3-3 4 4M7.5 7.5h.01",
  divider: "M2 10h16M6 4h8M6 16h8",
  block: "M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 14h6M14 11v6",
  undo: "M7 4 3 8l4 4M3 8h8.5a4.5 4.5 0 0 1 0 9H8",
  redo: "m13 4 4 4-4 4M17 8H8.5a4.5 4.5 0 0 0 0 9H12",
};

/** What a button of the toolbar shows; its name is said beside it. */
export function ToolbarIcon({ action }: { action: ToolbarAction }) {
  const heading = headings[action];
  if (heading) {
    return (
      <span aria-hidden="true" className="font-semibold text-[0.95rem]">
        {heading}
      </span>
    );
  }
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      className="size-5 fill-none stroke-current stroke-[1.7]"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[action]} />
    </svg>
  );
}
