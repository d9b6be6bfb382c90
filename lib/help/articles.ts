import type { PictureName } from "@/lib/help/pictures";

/** A part of an article: paragraphs `p…` and steps `s…` of its messages, in the order they stand. */
type Part = {
  paragraphs: readonly string[];
  steps?: readonly string[];
  after?: readonly string[];
  /** The picture at its end; its message `picture` says what is to be seen on it. */
  picture?: PictureName;
};

type Article = {
  /** Its file of messages. */
  namespace:
    | "loginCode"
    | "helpTwoStep"
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
      why: { paragraphs: paragraphs(3) },
      place: { paragraphs: paragraphs(3) },
      code: { paragraphs: paragraphs(3) },
      getBack: { paragraphs: ["p1"], steps: steps(6) },
      notArrived: { paragraphs: ["p1"], steps: steps(5), after: ["p2"] },
      noCodeInMail: { paragraphs: paragraphs(3) },
      letIn: { paragraphs: ["p1"], steps: steps(4), after: ["p2", "p3"], picture: "let-in" },
      twoAddresses: { paragraphs: paragraphs(2) },
      blocked: { paragraphs: paragraphs(5) },
      blockedForDays: { paragraphs: ["p1"], steps: steps(5), after: ["p2"] },
      changingIp: { paragraphs: ["p1", "p2", "p4", "p3"] },
      networkChanged: { paragraphs: paragraphs(2) },
      travelling: { paragraphs: paragraphs(2) },
      newPhone: { paragraphs: paragraphs(3) },
      notMe: { paragraphs: paragraphs(3) },
    },
  },
  "two-step": {
    namespace: "helpTwoStep",
    sections: {
      what: { paragraphs: paragraphs(3), picture: "verify" },
      noMail: { paragraphs: paragraphs(2) },
      which: { paragraphs: paragraphs(2) },
      app: { paragraphs: ["p1"], steps: steps(4), after: ["p2"], picture: "app" },
      twoPhones: { paragraphs: paragraphs(2) },
      passkey: { paragraphs: ["p1"], steps: steps(3), after: ["p2", "p3"], picture: "passkey" },
      codes: { paragraphs: paragraphs(3), picture: "codes" },
      always: { paragraphs: paragraphs(2) },
      refused: { paragraphs: ["p1"], steps: steps(4), after: ["p2"] },
      newPhone: { paragraphs: ["p1"], steps: steps(4), after: ["p2"] },
      lost: { paragraphs: ["p1"], steps: steps(4), after: ["p2"] },
      request: { paragraphs: paragraphs(4) },
      remove: { paragraphs: paragraphs(3) },
      notMe: { paragraphs: paragraphs(2) },
      support: { paragraphs: ["p1"] },
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
      ways: { paragraphs: ["p1"], steps: steps(5) },
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
export function partOf(
  article: Article,
  section: string,
): Required<Omit<Part, "picture">> & Pick<Part, "picture"> {
  const { paragraphs = [], steps = [], after = [], picture } = article.sections[section] ?? {};
  return { paragraphs, steps, after, ...(picture && { picture }) };
}
