import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["app", "bench", "components", "docs", "e2e", "emails", "lib", "prisma", "scripts"];
// The examples below are false on purpose.
const skipped = ["lib/generated", "lib/citations.test.ts"];

const all = [...filesIn(".", false), ...[".github", ...folders].flatMap((at) => filesIn(at, true))];
const papers = all.filter((file) => file.endsWith(".md"));
const sources = all.filter((file) => /\.(tsx?|mjs|prisma|sql|ya?ml)$/.test(file));

function filesIn(folder: string, isDeep: boolean): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: isDeep, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((file) => !skipped.some((part) => file === part || file.startsWith(`${part}/`)));
}

const read = (file: string) => readFileSync(join(root, file), "utf8");
const withoutCode = (markdown: string) => markdown.replace(/^```[\s\S]*?^```/gm, "");

const headings = (markdown: string) =>
  [...withoutCode(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, title = ""]) => title);

/** The anchors of a page: of its headings, as GitHub makes them, and those written as `id`. */
function anchorsOf(markdown: string): Set<string> {
  const written = [...markdown.matchAll(/\bid="([^"]+)"/g)].map(([, id = ""]) => id);
  const made = headings(markdown).map((title) =>
    title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set([...written, ...made]);
}

const exists = (path: string) => existsSync(join(root, path));
const decisions = new Set(
  all.flatMap((file) => /^docs\/decisions\/(\d{4})-/.exec(file)?.[1] ?? []),
);
const contract = read("docs/contract.md");
const ruleAnchors = anchorsOf(read("lib/sign-in/README.md"));
const settings = /^## Settings$([\s\S]*?)^## /m.exec(contract)?.[1] ?? "";

/** Links of a page that lead nowhere: no such file, or no such heading in it. */
function deadLinks(file: string, markdown: string): string[] {
  const prose = withoutCode(markdown).replace(/`[^`\n]*`/g, "");
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)];
  return links
    .map(([, link, picture]) => link ?? picture ?? "")
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? file : normalize(join(dirname(file), path));
      if (!exists(target)) return true;
      return (
        anchor !== undefined && !(target.endsWith(".md") && anchorsOf(read(target)).has(anchor))
      );
    });
}

const segment = "(?:\\([\\w-]+\\)|\\[[\\w.]+\\]|[\\w.-]*\\w)";
const paths = new RegExp(`(?<![\\w./@-])(?:${folders.join("|")})(?:/${segment})+`, "g");

/** Paths of this project that a text names and that are not there; `lib/x` may leave the ending out. */
function lostPaths(text: string): string[] {
  const bare = text.replace(/\]\([^)]*\)/g, " ");
  return (
    [...bare.matchAll(paths)]
      // A pattern or a placeholder goes on with one of these.
      .filter((match) => !/^\/?-?[*<{…$]/.test(bare.slice(match.index + match[0].length)))
      .map(([path]) => path)
      .filter((path) => !["", ".ts", ".tsx"].some((ending) => exists(`${path}${ending}`)))
  );
}

/** What a text cites of decisions, rules and the contract that is not there. */
function lostCitations(text: string): string[] {
  const flat = text.replace(/\s*\n\s*(\*|\/\/+|#)?\s*/g, " ");
  const numbers = [...flat.matchAll(/\bdecisions? (\d{4}(?:(?:, | and | to )\d{4})*)/gi)]
    .flatMap(([, list = ""]) => list.match(/\d{4}/g) ?? [])
    .filter((number) => !decisions.has(number))
    .map((number) => `decision ${number}`);
  const rules = [...flat.matchAll(/\brules? (\d+(?:(?:, | and | to )\d+)*)/gi)]
    .flatMap(([, list = ""]) => list.match(/\d+/g) ?? [])
    .filter((number) => !ruleAnchors.has(`rule-${number}`))
    .map((number) => `rule ${number}`);
  const titles = [
    ...flat.matchAll(/\b(?:[Cc]ontract|CONTRACT)\b[,:]? (?:"([^"]+)"|`?([A-Z][A-Z\d_]+)\b)/g),
  ]
    .filter(([, title, setting]) =>
      title === undefined
        ? !settings.includes(`\`${setting}\``)
        : !headings(contract).includes(title),
    )
    .map(([cited]) => cited);
  return [...numbers, ...rules, ...titles];
}

const comments = (code: string) =>
  [...code.matchAll(/\/\*[\s\S]*?\*\/|(?:^|\s)\/\/.*$|^\s*#.*$/gm)]
    .map(([text]) => text)
    .join("\n");

const faults = (files: string[], find: (file: string) => string[]) =>
  files.flatMap((file) => find(file).map((fault) => `${file}: ${fault}`));

test("every link of a page leads to a file and a heading that are there", () => {
  expect(faults(papers, (file) => deadLinks(file, read(file)))).toEqual([]);
});

test("every decision, rule and heading of the contract that is cited is there", () => {
  expect(faults([...papers, ...sources], (file) => lostCitations(read(file)))).toEqual([]);
});

test("every path that a page or a comment names is there", () => {
  const found = faults(papers, (file) => lostPaths(withoutCode(read(file))));
  expect([...found, ...faults(sources, (file) => lostPaths(comments(read(file))))]).toEqual([]);
});

const vague = /\b(?:[Cc]ontract|CONTRACT)\b(?!\.(?:md|test))(?!,[\s*/]+(?:"|`?[A-Z][A-Z\d_]{3}))/;

test("a comment cites the contract by a heading or a setting", () => {
  expect(sources.filter((file) => vague.test(comments(read(file))))).toEqual([]);
});

test("nothing cites an issue, which stands elsewhere", () => {
  const issue = /\bissues? (?:"|#?\d)/i;
  expect([...papers, ...sources].filter((file) => issue.test(read(file)))).toEqual([]);
});

test.each([
  ["as the contract says", true],
  ["(contract: names)", true],
  ["(CONTRACT Settled)", true],
  ['(contract, "Settled")', false],
  ["(contract,\n * IPV6_PREFIX)", false],
  ["see docs/contract.md", false],
])("%j is vague: %s", (text, isVague) => {
  expect(vague.test(text)).toBe(isVague);
});

test.each([
  ["a link to no file", "[a](docs/none.md)"],
  ["a link to no heading", "[a](docs/contract.md#nowhere)"],
  ["a link to no heading of its own page", "[a](#nowhere)"],
  ["a picture that is not there", '<img src="docs/images/none.png">'],
])("%s is found", (_, markdown) => {
  expect(deadLinks("README.md", markdown)).toHaveLength(1);
});

test.each([
  ["a rule beyond the tenth", "(rules 3 and 11)", ["rule 11"]],
  ["a decision that was never made", "see decision 0999", ["decision 0999"]],
  ["one of several decisions", "decisions 0001 and 0998", ["decision 0998"]],
  ["no heading", '(contract, "Nothing")', ['contract, "Nothing"']],
  ["no heading, over a line", '(contract,\n * "Nothing")', ['contract, "Nothing"']],
  ["no setting", "(contract, NO_SETTING)", ["contract, NO_SETTING"]],
  [
    "a heading, a setting, a rule and a decision that are there",
    '(contract, "Mail"), contract, IPV6_PREFIX, rule 6, decision 0001',
    [],
  ],
])("%s", (_, text, found) => {
  expect(lostCitations(text)).toEqual(found);
});

test.each([
  ["`lib/none/at-all.ts` does", ["lib/none/at-all.ts"]],
  ["see docs/none.md.", ["docs/none.md"]],
  [
    "`scripts/start.mjs`, `lib/sign-in/rules/`, lib/house-rules.test, `app/(door)/login`, `docs/*.md`, `lib/<name>/x.ts`",
    [],
  ],
])("of %j", (text, lost) => {
  expect(lostPaths(text)).toEqual(lost);
});
