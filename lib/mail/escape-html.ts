// As React writes text and attributes; it is one of the two, so that both give the same bytes.
const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
};
const characters = Object.fromEntries(
  Object.entries(escapes).map(([character, written]) => [written, character]),
);

/** Text as HTML, also within quotes of an attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

/** What `escapeHtml` was given. */
export const unescapeHtml = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot|#x27);/g, (written) => characters[written] ?? written);
