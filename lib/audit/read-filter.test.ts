import { expect, test } from "vitest";
import { type AuditField, readFilter, typedFilter, wantedBy } from "@/lib/audit/read-filter";

const id = "6f1f2a44-0f6e-4a0e-9f4c-5a1d2c3b4e5f";
const actors = [
  { id, actor: "sam@example.com", name: "Sam" },
  { id: "command", actor: "command", name: null },
];

const read = (given: Partial<Record<AuditField, string>>) =>
  readFilter(
    typedFilter((field) => given[field] ?? null),
    actors,
  );

const nothing = { action: null, actor: null, from: null, to: null, subjectId: null };

test("an empty form filters by nothing", () => {
  expect(read({})).toEqual({ filter: nothing, errors: {} });
});

test("each field is read", () => {
  const given = {
    action: "block-lifted",
    staff: id,
    from: " 2026-11-21",
    to: "2026-11-22 ",
    subject: id.toUpperCase(),
  };
  expect(read(given)).toEqual({
    filter: {
      action: "block-lifted",
      actor: id,
      from: "2026-11-21",
      to: "2026-11-22",
      subjectId: id,
    },
    errors: {},
  });
  expect(read({ staff: "command", subject: "approvals" }).filter).toEqual({
    ...nothing,
    actor: "command",
    subjectId: "approvals",
  });
});

test("an action or a person that the form does not offer is no filter, as the form shows none", () => {
  const other = "00000000-0000-4000-8000-000000000000";
  expect(read({ action: "x'; --", staff: other })).toEqual({ filter: nothing, errors: {} });
});

test("a day that is none is an error, rather than a list that was not asked for", () => {
  expect(read({ from: "yesterday", to: "2026-02-30" }).errors).toEqual({
    from: "dayWrong",
    to: "dayWrong",
  });
  expect(read({ from: "2026-11-22", to: "2026-11-21" }).errors).toEqual({ to: "dayOrder" });
  expect(read({ from: "2026-11-22", to: "2026-11-22" }).errors).toEqual({});
});

test.each(["ana@example.com", "K7QM-2PX", "Ana", "a\0", "x".repeat(10_000)])(
  "%j is no id: no customer's name or address goes into the log by way of its filter",
  (subject) => {
    const { filter, errors } = read({ subject });
    expect(filter.subjectId).toBeNull();
    expect(errors).toEqual({ subject: "subjectWrong" });
  },
);

test("the days are taken in the zone of the times shown, the last one to its end", () => {
  const { filter } = read({ from: "2026-11-21", to: "2026-11-22" });
  expect(wantedBy(filter, "Asia/Kathmandu")).toMatchObject({
    from: new Date("2026-11-20T18:15:00Z"),
    before: new Date("2026-11-22T18:15:00Z"),
  });
});
