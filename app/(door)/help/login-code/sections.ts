/** A part of the article: paragraphs `p…` and steps `s…` of its messages, in the order they stand. */
type Part = { paragraphs: readonly string[]; steps?: readonly string[]; after?: readonly string[] };

/** The article's parts in their order. Each name is an anchor that other pages and mails link to. */
export const sections = {
  why: { paragraphs: ["p1", "p2"] },
  place: { paragraphs: ["p1", "p2", "p3"] },
  code: { paragraphs: ["p1", "p2", "p3"] },
  getBack: { paragraphs: ["p1"], steps: ["s1", "s2", "s3", "s4", "s5"] },
  notArrived: { paragraphs: ["p1"], steps: ["s1", "s2", "s3", "s4", "s5"] },
  noCodeInMail: { paragraphs: ["p1", "p2", "p3"] },
  twoAddresses: { paragraphs: ["p1", "p2"] },
  blocked: { paragraphs: ["p1", "p2", "p3", "p4"] },
  blockedForDays: { paragraphs: ["p1"], steps: ["s1", "s2", "s3", "s4"], after: ["p2"] },
  changingIp: { paragraphs: ["p1", "p2", "p3"] },
  networkChanged: { paragraphs: ["p1", "p2"] },
  travelling: { paragraphs: ["p1", "p2"] },
  newPhone: { paragraphs: ["p1", "p2"] },
  notMe: { paragraphs: ["p1", "p2", "p3"] },
} as const satisfies Record<string, Part>;

export type SectionName = keyof typeof sections;

export const sectionNames = Object.keys(sections) as SectionName[];

/** The parts of one section; those it does not have are empty. */
export function partOf(name: SectionName): Required<Part> {
  const part: Part = sections[name];
  return { paragraphs: part.paragraphs, steps: part.steps ?? [], after: part.after ?? [] };
}
