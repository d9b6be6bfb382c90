import { expect, test } from "vitest";
import { findChoices } from "@/components/scripts/find-choices";

const choices = [
  { value: "a", label: "Ho Chi Minh City", words: "Ho Chi Minh City Asia/Ho_Chi_Minh Asia/Saigon" },
  { value: "b", label: "Réunion", words: "Réunion Indian/Reunion France" },
  { value: "c", label: "Paris", words: "Paris Europe/Paris France" },
  { value: "d", label: "Minsk", words: "Minsk Europe/Minsk Belarus" },
];
const found = (typed: string) => findChoices(choices, typed).map(({ value }) => value);

test.each([
  ["", []],
  ["  ", []],
  ["m", []],
  ["saigon", ["a"]],
  ["Saig", ["a"]],
  ["aigon", []],
  ["reunion", ["b"]],
  ["RÉUNION", ["b"]],
  ["france", ["b", "c"]],
  ["Europe/Paris", ["c"]],
  ["paris fr", ["c"]],
  ["ho chi", ["a"]],
  // What begins so comes before what only holds it.
  ["min", ["d", "a"]],
  ["nowhere", []],
])("%j finds %j", (typed, values) => {
  expect(found(typed)).toEqual(values);
});
