import { isVisible } from "@/lib/typed/visible";

// What draws nothing and turns text around (Unicode TR9), or hides between digits and letters.
const invisible = /[\u200b\u2028-\u202e\u2060-\u206f\ufeff\u00ad]/gu;
const control = /[^\P{Cc}\n]/gu;

/**
 * A text of several lines as it was meant: line breaks kept, at most one line between two paragraphs;
 * without control characters and without what would turn the text around it about.
 * Empty where nothing of it can be seen.
 */
export function cleanText(typed: string): string {
  const text = typed
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .replace(control, "")
    .replace(invisible, "")
    .replace(/[^\S\n]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return isVisible(text) ? text : "";
}
