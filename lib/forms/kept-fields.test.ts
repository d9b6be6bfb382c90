import { expect, test } from "vitest";
import { fieldsOf } from "@/lib/forms/form-table";
import { aboutFields, mayBeKept, secretFields, typedFields } from "@/lib/forms/kept-fields";
import { publishedShapes } from "@/lib/forms/published-shapes";

const everyField = [...new Set(Object.values(publishedShapes).flatMap(fieldsOf))].sort();
const listed: string[] = [...secretFields, ...aboutFields, ...typedFields];

// What opens something is called so: in English, as all names here.
const soundsSecret = /pass|code|token|secret|key|\bpin\b|otp|answerOfApp|seed|hash/i;

test("every field of every form that was ever shown stands in one of the lists, and in one alone", () => {
  // A new field: list it in lib/forms/kept-fields.ts, as secret where it opens something.
  expect([...listed].sort()).toEqual(everyField);
});

test("no field whose name sounds like a secret's is kept", () => {
  const kept = [...everyField, ...aboutFields, ...typedFields].filter(mayBeKept);
  expect(kept.filter((field) => soundsSecret.test(field))).toEqual([]);
});

test.each([...secretFields, "recoveryCode", "appKey", "", "__proto__", "loaded", "$ACTION_ID_1"])(
  "a field %j is not kept",
  (field) => {
    expect(mayBeKept(field)).toBe(false);
  },
);
