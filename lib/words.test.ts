import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = [
  ...["app", "bench", "components", "docs", "e2e", "emails", "lib", "prisma", "scripts"],
  ".github",
];

/** A word that the code has given up for another one, see docs/glossary.md. */
type Gone = {
  /** As it reads with joined words parted: `toldOf` and `told_of` are `told Of` and `told of`. */
  pattern: RegExp;
  instead: string;
  /** `code`: identifiers and names of files. `prose`: comments, test titles, log lines and papers. */
  only?: "code" | "prose";
  /** Where the word stays: why, and the files, or the exact words of any file. */
  stays?: Record<string, { files?: string[]; words?: string[] }>;
};

const gone: Gone[] = [
  {
    pattern: /\b(?:tell(?:s|ing|er|able)?|told)\b/i,
    instead: "notify (by mail), report (to the log or a command line), distinguish, say, show",
    stays: {
      "columns, by the names of the export": {
        words: ["toldOfSignUpAt", "tellOfNewBrowsers"],
      },
      "a column that reading code takes up as notifiedOf": {
        files: [
          "lib/account/notice-window-store.ts",
          "lib/not-me/find-press.ts",
          "lib/not-me/store.ts",
          "lib/testing/access.ts",
          "prisma/schema.prisma",
        ],
      },
      "a fact in stored activities, and a field of a form": {
        files: [
          "app/account/activity/about-lines.ts",
          "lib/mail/facts.ts",
          "lib/server/once/same-form.db.test.ts",
          "lib/sessions/notify-of-new-browsers.ts",
        ],
      },
      "looks for the word in what customers read": { files: ["lib/i18n/sent-words.test.ts"] },
    },
  },
  {
    pattern: /\bwish(?:es|ed|ing)?\b/i,
    instead: "request",
    stays: {
      "a column": {
        files: ["lib/testing/access.ts", "prisma/schema.prisma"],
      },
    },
  },
  {
    // A verb takes what is signed in or out between: "signs them in", "signs nobody up".
    pattern: /\bsigns?\b(?![ -](?:(?:[\w']+ ){0,3}(?:in|up|out)|of[ -]life)s?\b)/i,
    instead: "character",
    stays: {
      "a secret signs": {
        words: [
          "that sign cookies",
          "signs cookies",
          "secret signs",
          "first signs",
          "signs the cookies",
          "AUTH_SECRET signs",
          "Signs a value",
          "link it signs",
        ],
      },
      "an authenticator signs": {
        files: ["lib/testing/authenticator.ts", "e2e/support/virtual-authenticator.ts"],
      },
      "a sign of life": { files: ["lib/heartbeat/rules/limits.ts"] },
      "characters that are called so": { words: ["atSign"] },
    },
  },
  {
    pattern: /\bletters?\b/i,
    only: "code",
    instead: "character",
    stays: {
      "letters of the alphabet": {
        files: ["e2e/help-centre.spec.ts", "lib/mail/mailbox.ts", "lib/testing/rendered-mails.ts"],
      },
      "a property of CSS": { files: ["emails/components/code-panel.tsx"] },
    },
  },
  {
    pattern: /\bletter by letter\b|\b\d+ letters\b|\bletters? of base64/i,
    only: "prose",
    instead: "character",
  },
  {
    pattern: /\bwho\b/,
    only: "code",
    instead: "what it is, where it is no person",
    stays: {
      "a person": {
        files: [
          "e2e/boundary-sign-in.spec.ts",
          "e2e/failing-database.spec.ts",
          "e2e/pages/account-page.ts",
          "e2e/pages/login-page.ts",
          "e2e/pages/sign-up-page.ts",
          "e2e/staff.spec.ts",
          "e2e/support/plain-browser.ts",
          "lib/access/true-causes.db.test.ts",
          "lib/server/once/still-stands.db.test.ts",
          "lib/support/timeline-store.ts",
          "lib/support/timeline.db.test.ts",
          "lib/support/timeline.ts",
          "app/support/customers/[id]/timeline.tsx",
          "lib/support/customer-page.ts",
        ],
      },
      "a sentence in a pattern": { files: ["lib/data-directory/secrets.test.ts"] },
    },
  },
  {
    pattern:
      /\b(?:process(?:es)?|(?<!on the )servers?|workers?|requests?|statements?|programs?|tabs?) who\b/i,
    only: "prose",
    instead: "that, which",
  },
  {
    pattern: /\b(?:const|let) where\b|[({,]\s*where\s*[,)}]/,
    only: "code",
    instead: "filter, or what it is; `where:` is what Prisma calls its own",
  },
  {
    pattern: /\bplace Of\b|\b(?:present|fresh|block|judge|take) Place\b|\bAt Place\b/i,
    only: "code",
    instead: "network: a place is one that an account trusts",
  },
  {
    pattern: /\bplace (?:Itself )?Trusted\b|\bPlace Verdict\b|\bplace: string\b/i,
    only: "code",
    instead: "network",
    stays: {
      "the column's name, taken up as network": { files: ["lib/challenge/with-network.ts"] },
      "a kind of mail, and so its template": {
        files: ["emails/place-trusted.tsx", "lib/mail/templates.ts"],
      },
    },
  },
  {
    pattern: /\b(?:new|unknown|blocked) places?\b|\bof one place\b/i,
    only: "prose",
    instead: "network",
  },
  {
    pattern: /\b(?:takes?|took) the place of\b|\bin (?:the )?place of\b/i,
    only: "prose",
    instead: "replace, instead of",
  },
  {
    pattern: /\bimport \{[^}]*\bnow\b[^}]*\} from|\bconst at = read Clock\b/,
    only: "code",
    instead: "const now = readClock(); `at` is when something happened",
  },
  { pattern: /\baskers?\b/i, instead: "applicant, actor" },
  {
    pattern: /\b(?:Password|Link|Pin|Reset) Owner\b/,
    only: "code",
    instead: "…Account",
  },
  {
    pattern: /\bhalf[- ]sessions?\b|\belevation\b|\bflash\b|\bOTP\b/i,
    instead: "the word of docs/glossary.md",
    stays: { "a field that sounds secret": { files: ["lib/forms/kept-fields.test.ts"] } },
  },
];

// What other people read or rely on, or what lists the words themselves.
const unread = [
  /^lib\/(?:generated|i18n\/messages)\//,
  /^emails\/copy\//,
  /^prisma\/migrations\//,
  /^docs\/(?:contract|glossary)\.md$/,
  /^CHANGELOG\.md$/,
  /^lib\/words\.test\.ts$/,
];

function filesIn(folder: string, recursive: boolean): string[] {
  return readdirSync(join(root, folder), { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((file) => /\.(?:tsx?|mjs|prisma|sql|md|ya?ml|css)$|^\.env\.example$/.test(file))
    .filter((file) => !unread.some((one) => one.test(file)));
}

const files = [...filesIn(".", false), ...folders.flatMap((folder) => filesIn(folder, true))];

const blank = (text: string) => text.replace(/[^\n]/g, " ");

// A comment, or a text in quotes.
const pieces =
  /(\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g;
// What stands before a test's title, or before the sentence of a log line.
const beforeProse =
  /(?:\b(?:test|it|describe)(?:\.\w+)*(?:\([^()]*\))?|\]\)|\blog\.\w+)\(\s*(?:\{[^{}]*\},\s*)?$/;

type Parts = { code: string; prose: string };

/** A source in two, each as long as the whole: its names, and what is written to be read. */
function partsOf(file: string, text: string): Parts {
  if (!/\.(?:tsx?|mjs|prisma)$/.test(file)) return { code: blank(text), prose: text };
  let code = "";
  let prose = "";
  let end = 0;
  for (const match of text.matchAll(pieces)) {
    const [piece, comment] = match;
    const between = text.slice(end, match.index);
    const isProse =
      comment !== undefined ||
      beforeProse.test(text.slice(Math.max(0, match.index - 300), match.index));
    // Of other texts only what a template names: they are keys, stored values, or words for people.
    const named = piece.startsWith("`") ? piece.replace(/(^|\})[^$]*?(\$\{|`$)/g, blank) : "";
    code += between + (isProse || named === "" ? blank(piece) : named);
    prose += blank(between) + (isProse ? piece : blank(piece));
    end = match.index + piece.length;
  }
  return { code: code + text.slice(end), prose: prose + blank(text.slice(end)) };
}

const parted = (text: string) =>
  text.replace(/([a-z\d])([A-Z])/g, "$1 $2").replace(/(?<=\w)_(?=\w)/g, " ");

const sources = new Map(
  files.map((file) => [file, partsOf(file, readFileSync(join(root, file), "utf8"))]),
);

/** Lines of a text that hold a word that is gone, but for the exact words that stay. */
function linesWith({ pattern, only, stays = {} }: Gone, { code, prose }: Parts): number[] {
  const words = Object.values(stays).flatMap((stay) => stay.words ?? []);
  const looked = [...(only === "prose" ? [] : [code]), ...(only === "code" ? [] : [prose])];
  const lines = looked.flatMap((part) =>
    words
      .reduce((left, word) => left.replaceAll(word, ""), part)
      .split("\n")
      .flatMap((line, index) => (pattern.test(parted(line)) ? [index + 1] : [])),
  );
  return [...new Set(lines)].sort((one, other) => one - other);
}

const isExempt = ({ stays = {} }: Gone, file: string) =>
  Object.values(stays).some((stay) => stay.files?.includes(file));

test.each(gone)("$pattern is gone; say: $instead", (word) => {
  const found = [...sources]
    .filter(([file]) => !isExempt(word, file))
    .flatMap(([file, parts]) => linesWith(word, parts).map((line) => `${file}:${line}`));
  expect(found).toEqual([]);
});

test("no file is named by a word that is gone", () => {
  const named = files.filter((file) =>
    gone.some(
      (word) =>
        word.only !== "prose" &&
        !isExempt(word, file) &&
        word.pattern.test(parted(file.replace(/[-/.]/g, " "))),
    ),
  );
  expect(named).toEqual([]);
});

test("every exception is needed", () => {
  const idle = gone.flatMap((word) =>
    Object.values(word.stays ?? {}).flatMap(({ files = [], words = [] }) => [
      ...files.filter((file) => {
        const parts = sources.get(file);
        return parts === undefined || linesWith(word, parts).length === 0;
      }),
      ...words.filter(
        (one) =>
          ![...sources.values()].some((parts) => `${parts.code}${parts.prose}`.includes(one)),
      ),
    ]),
  );
  expect(idle).toEqual([]);
});

test.each([
  ["a name", "x.ts", "export const toldOf = 1;", 1],
  ["a part of a name", "x.ts", "const at = row.tellOwnerAt;", 1],
  ["a comment", "x.ts", "\n/** Who is told. */", 2],
  ["a test's title", "x.test.ts", 'test.each(all)("the owner is told", () => {});', 1],
  ["a log line", "x.ts", 'log.info({ id }, "the owner was told");', 1],
  ["a paper", "x.md", "The owner is told.", 1],
  ["a name in a template", "x.ts", ["const text = `as $", "{told} once`;"].join(""), 1],
])("%s is read", (_, file, text, line) => {
  const [tell] = gone;
  expect(tell && linesWith(tell, partsOf(file, text))).toEqual([line]);
});

test.each([
  ["a key", 't("will.told")'],
  ["a column", "row.tellOfNewBrowsers"],
  ["another word", "forgetOldMails"],
  ["words of a template", ["const text = `as told $", "{once} or told`;"].join("")],
])("%s is not", (_, text) => {
  const [tell] = gone;
  expect(tell && linesWith(tell, partsOf("x.ts", text))).toEqual([]);
});
