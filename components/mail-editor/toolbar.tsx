import { ToolbarIcon } from "@/components/mail-editor/toolbar-icon";
import { type EditorPageWords, type ToolbarAction, toolName } from "@/components/mail-editor/words";

// What belongs together; a row on a phone breaks between any two.
const groups: ToolbarAction[][] = [
  ["paragraph", "heading1", "heading2", "heading3", "list"],
  ["bold", "italic", "link"],
  ["center", "end", "tight", "wide"],
  ["variable", "button", "image", "divider", "block"],
  ["undo", "redo"],
];

const asking: ToolbarAction[] = ["variable", "link", "button", "image", "block"];

/** The editor's toolbar, to which its script gives the keys. */
export function EditorToolbar({
  words,
  without,
}: {
  words: EditorPageWords["toolbar"];
  /** What there is nothing to choose of. */
  without: ToolbarAction[];
}) {
  return (
    <div data-toolbar role="toolbar" aria-label={words.label} className="mail-toolbar">
      {groups.map((actions) => (
        <span key={actions[0]} className="contents">
          {actions
            .filter((action) => !without.includes(action))
            .map((action) => (
              <button
                key={action}
                type="button"
                data-action={action}
                aria-haspopup={asking.includes(action) ? "dialog" : undefined}
                aria-label={toolName(words, action)}
                title={toolName(words, action)}
                className={`mail-tool${action === actions[0] ? " is-first" : ""}`}
              >
                <ToolbarIcon action={action} />
                {action === "variable" ? <span>{words.variable}</span> : null}
              </button>
            ))}
        </span>
      ))}
    </div>
  );
}
