/** Words to show the notation with, in the reader's language. */
export type NotationExamples = Record<
  "words" | "heading" | "paragraph" | "item" | "button" | "picture",
  string
>;

/** A picture's id as it might be. */
const PICTURE = "k3v9x2mq7a";

/**
 * How each thing is written in the plain notation, in the order it is explained (words: the rows of
 * `templateHelp.notation`).
 *
 * @param address one that links may lead to
 */
export function notationRows(example: NotationExamples, address: string) {
  const { words, heading, paragraph, item, button, picture } = example;
  return {
    heading: `## ${heading}`,
    paragraph,
    list: `- ${item}`,
    bold: `**${words}**`,
    italic: `*${words}*`,
    link: `${paragraph} [${words}](${address})`,
    button: `[${button}]({{forgot-password-page}})`,
    divider: "---",
    picture: `![${picture}](image:${PICTURE})`,
    variable: `${paragraph} {{name}}`,
    code: "{{code}}",
    facts: "{{facts}}",
    block: "{{> opening-hours}}",
    center: `${paragraph} {center}`,
    end: `${paragraph} {end}`,
    tight: `${paragraph} {tight}`,
    wide: `${paragraph} {wide}`,
    backslash: `\\*${words}\\*`,
  };
}
