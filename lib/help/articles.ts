/** A part of an article: paragraphs `p…` and steps `s…` of its messages, in the order they stand. */
type Part = { paragraphs: readonly string[]; steps?: readonly string[]; after?: readonly string[] };

type Article = {
  /** Its file of messages. */
  namespace:
    | "loginCode"
    | "helpPlaces"
    | "helpPassword"
    | "helpPasswordOff"
    | "helpEmail"
    | "helpClosing"
    | "helpLostAccess"
    | "helpBrokenInto";
  /** Its parts in their order. Each name is an anchor that other pages and mails link to. */
  sections: Record<string, Part>;
};

const steps = (count: number) => Array.from({ length: count }, (_, index) => `s${index + 1}`);
const paragraphs = (count: number) => Array.from({ length: count }, (_, index) => `p${index + 1}`);

/** The articles of the help centre by the last part of their path, in the order they are listed. */
export const articles: Record<string, Article> = {
  "login-code": {
    namespace: "loginCode",
    sections: {
      why: { paragraphs: paragraphs(2) },
      place: { paragraphs: paragraphs(3) },
      code: { paragraphs: paragraphs(3) },
      getBack: { paragraphs: ["p1"], steps: steps(6) },
      notArrived: { paragraphs: ["p1"], steps: steps(5) },
      noCodeInMail: { paragraphs: paragraphs(3) },
      twoAddresses: { paragraphs: paragraphs(2) },
      blocked: { paragraphs: paragraphs(5) },
      blockedForDays: { paragraphs: ["p1"], steps: steps(5), after: ["p2"] },
      changingIp: { paragraphs: ["p1", "p2", "p4", "p3"] },
      networkChanged: { paragraphs: paragraphs(2) },
      travelling: { paragraphs: paragraphs(2) },
      newPhone: { paragraphs: paragraphs(2) },
      notMe: { paragraphs: paragraphs(3) },
    },
  },
  "my-places": {
    namespace: "helpPlaces",
    sections: {
      what: { paragraphs: paragraphs(2) },
      once: { paragraphs: ["p1"] },
      browser: { paragraphs: paragraphs(2) },
      add: { paragraphs: paragraphs(2) },
      remove: { paragraphs: paragraphs(2) },
      shared: { paragraphs: ["p1"] },
    },
  },
  "change-password": {
    namespace: "helpPassword",
    sections: {
      change: { paragraphs: ["p1"], steps: steps(3), after: ["p2"] },
      forgot: { paragraphs: paragraphs(2) },
      off: { paragraphs: paragraphs(2) },
    },
  },
  "password-switched-off": {
    namespace: "helpPasswordOff",
    sections: {
      why: { paragraphs: paragraphs(4) },
      checklist: { paragraphs: ["p1"], steps: steps(4) },
      back: { paragraphs: ["p1"], steps: steps(4), after: ["p2"] },
      stays: { paragraphs: paragraphs(3) },
    },
  },
  "change-email": {
    namespace: "helpEmail",
    sections: {
      change: { paragraphs: ["p1"], steps: steps(3), after: ["p2"] },
      undo: { paragraphs: ["p1"] },
      further: { paragraphs: paragraphs(2) },
      lost: { paragraphs: paragraphs(2) },
    },
  },
  "close-account": {
    namespace: "helpClosing",
    sections: {
      how: { paragraphs: ["p1"], steps: steps(3) },
      keep: { paragraphs: paragraphs(2) },
      erased: { paragraphs: paragraphs(2) },
      services: { paragraphs: ["p1"] },
      cannot: { paragraphs: ["p1"] },
    },
  },
  "lost-access": {
    namespace: "helpLostAccess",
    sections: {
      ways: { paragraphs: ["p1"], steps: steps(4) },
      request: { paragraphs: paragraphs(2), steps: steps(4), after: ["p3"] },
      afterwards: { paragraphs: paragraphs(4) },
      status: { paragraphs: paragraphs(2) },
      notYours: { paragraphs: paragraphs(2) },
      support: { paragraphs: ["p1"], steps: steps(3), after: ["p2", "p3", "p4"] },
    },
  },
  "broken-into": {
    namespace: "helpBrokenInto",
    sections: {
      now: { paragraphs: ["p1"], steps: steps(5) },
      link: { paragraphs: paragraphs(3) },
      locked: { paragraphs: paragraphs(2) },
    },
  },
};

/** Whether a path's last part, from anybody, names an article. */
export const isArticle = (slug: string): boolean => Object.hasOwn(articles, slug);

/** The parts of an article's section; those it does not have are empty. */
export function partOf(article: Article, section: string): Required<Part> {
  const part = article.sections[section] ?? { paragraphs: [] };
  return { paragraphs: part.paragraphs, steps: part.steps ?? [], after: part.after ?? [] };
}
