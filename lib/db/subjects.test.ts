import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockKind, lockOrder } from "@/lib/db/rules/lock-order";
import { countKeys, subjects, subjectsKnowing } from "@/lib/db/subjects";

const id = "5e4c98ab-b9a2-468f-acbe-976a4395391b";
const email = "ana@example.com";

const locks = [
  subjects.signUp(email),
  subjects.newAddress(email),
  subjects.case(id),
  subjects.caseAbout(email),
  subjects.setting("approvals"),
  subjects.view(id, id),
  subjects.caseViewed(id, id),
  subjects.helpQuestion(id),
  subjects.helpQuestions("login-code"),
  subjects.returnedInput("203.0.113.0/24"),
  subjects.staffRoles,
  subjects.texts,
  subjects.audit,
];

test("everything that is locked has a rank in the order of locks", () => {
  for (const subject of locks) expect(() => lockKind(subject)).not.toThrow();
});

test("no count holds an address as it was typed", () => {
  const every = [
    countKeys.passwordsInBrowser(email, id, id),
    countKeys.passwordsForAccountFrom(email, id, "unknown"),
    countKeys.passwordsFor(email),
    countKeys.wrongSaidFor(email),
    countKeys.resetsFor(email),
    countKeys.draftsFor(email, "proven"),
    countKeys.draftsFor(email, { network: "unknown" }),
  ];
  for (const one of every) expect(JSON.stringify(one)).not.toContain(email);
  expect(subjects.caseAbout(email)).not.toContain(email);
});

test("what is deleted with an account are the subjects its counts are kept under", () => {
  const { codes, counts } = subjectsKnowing({ id, emails: [email] });
  expect(codes).toEqual([id, subjects.widening(id), subjects.signUp(email)]);
  for (const { subject } of [
    countKeys.passwordsInBrowser(email, id, id),
    countKeys.passwordsForAccountFrom(email, id, "unknown"),
    countKeys.wrongSaidFor(email),
    countKeys.draftsFor(email, { network: "unknown" }),
    countKeys.pinsOf(id),
  ]) {
    expect(counts).toContain(subject);
  }
});

function productFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ["generated", "testing"].includes(entry.name) ? [] : productFiles(path);
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) ? [path] : [];
  });
}

const kinds = lockOrder.filter((kind) => kind !== "account").map((kind) => `${kind}:`);
const prefixes = [...locks, ...kinds, ...Object.values(countKeys).map((make) => make.toString())]
  .flatMap((text) => [...text.matchAll(/(?:^|`)([a-z]+(?:-[a-z]+)*)[:/]/g)])
  .map(([, prefix]) => prefix);

test("subjects and keys are made here and nowhere else", () => {
  expect(new Set(prefixes)).toContain("password");
  const madeThere = new RegExp(
    `[\`"'](?:${[...new Set(prefixes)].join("|")})[:/][\\w/-]*[:/]?\\$\\{`,
  );
  const broken = ["app", "lib", "prisma"]
    .flatMap(productFiles)
    .filter((file) => file !== join("lib", "db/subjects.ts"))
    .filter((file) => madeThere.test(readFileSync(file, "utf8")));
  expect(broken).toEqual([]);
});
