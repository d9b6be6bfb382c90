import { expect, test } from "vitest";
import { alikeButtons, formsOfNobody } from "@/lib/testing/markup";

const entry = (id: string, says: string) =>
  `<div id="${id}"><div>Firefox</div><p>${says}</p></div><button aria-describedby="${id}">End</button>`;

test("buttons of one name are alike unless their descriptions differ", () => {
  expect(alikeButtons(entry("a", "at home") + entry("b", "at work"))).toEqual([]);
  expect(alikeButtons(entry("a", "at home") + entry("b", "at home"))).toEqual([
    "End (Firefox at home)",
    "End (Firefox at home)",
  ]);
  expect(alikeButtons("<button>Save</button><summary>Save</summary>")).toEqual([
    "Save ()",
    "Save ()",
  ]);
  expect(alikeButtons("<button>Save</button><button>Send</button>")).toEqual([]);
});

test("a description that is not on the page is none", () => {
  const removes = ["a", "b"].map((id) => `<button aria-describedby="${id}">Remove</button>`);
  expect(alikeButtons(removes.join(""))).toHaveLength(2);
});

test("what is hidden from who listens is no name", () => {
  const button = (seen: string, heard: string) =>
    `<button><span aria-hidden="true">${seen}</span><span>${heard}</span></button>`;
  expect(alikeButtons(button("Show", "Show one") + button("Show", "Show the other"))).toEqual([]);
});

test("a form with a password says whose", () => {
  const form = (more: string) =>
    `<form>${more}<input autoComplete="new-password"/><button>Go</button></form>`;
  expect(formsOfNobody(form('<input autoComplete="username"/>'))).toEqual([]);
  expect(formsOfNobody(form(""))).toEqual(["Go"]);
  expect(formsOfNobody("<form><button>Go</button></form>")).toEqual([]);
});
