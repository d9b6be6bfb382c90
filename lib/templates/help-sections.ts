/** A section of the help for editors: its paragraphs and steps, by their keys, in the order they stand. */
type Section = {
  paragraphs: readonly string[];
  steps?: readonly string[];
  after?: readonly string[];
};

const steps = (count: number) => Array.from({ length: count }, (_, index) => `s${index + 1}`);
const paragraphs = (count: number) => Array.from({ length: count }, (_, index) => `p${index + 1}`);

/** The sections of the help for editors (words: `templateHelp`), in the order they stand. */
export const helpSections = {
  what: { paragraphs: paragraphs(3) },
  safe: { paragraphs: paragraphs(4) },
  draft: { paragraphs: ["p1"], steps: steps(5), after: ["p2"] },
  variables: { paragraphs: paragraphs(4) },
  links: { paragraphs: paragraphs(4) },
  languages: { paragraphs: paragraphs(3) },
  publish: { paragraphs: [], steps: steps(3), after: paragraphs(3) },
  rollBack: { paragraphs: paragraphs(4) },
  blocks: { paragraphs: paragraphs(3) },
  transfer: { paragraphs: ["p1"], steps: steps(2), after: ["p2"] },
  failed: { paragraphs: paragraphs(2), steps: steps(3) },
} as const satisfies Record<string, Section>;
