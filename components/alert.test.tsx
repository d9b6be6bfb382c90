import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, test } from "vitest";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Field } from "@/components/field";
import { setFormDesk } from "@/components/form-desk";

const openDesk = (answersRefused: boolean) =>
  setFormDesk({
    idOf: (id) => id,
    nameOf: () => null,
    freshId: () => "id-1",
    typedInto: () => null,
    answersRefused: () => answersRefused,
  });

afterEach(() => setFormDesk(undefined));

const focused = (markup: string) => /<[^>]* autofocus=""[^>]*>/i.exec(markup)?.[0] ?? null;

test("the answer to a form that was not taken has the focus, and its own words as its name", () => {
  openDesk(true);
  const markup = renderToStaticMarkup(<Alert title="Too many requests" />);
  expect(focused(markup)).toContain('role="alert" tabindex="-1"');
  const [, id] = /aria-labelledby="([^"]+)"/.exec(markup) ?? [];
  expect(markup).toContain(`id="${id}"`);
});

test("what stands on a page anyhow has no focus, whether or not the page answers a form", () => {
  openDesk(true);
  expect(
    focused(renderToStaticMarkup(<Alert answers={false} title="Ends on Monday" />)),
  ).toBeNull();
  openDesk(false);
  expect(focused(renderToStaticMarkup(<Alert title="This link is over" />))).toBeNull();
});

test("an error summary has the focus also where a link's search is at fault", () => {
  openDesk(false);
  const errors = [{ field: "q", message: "Type more" }];
  expect(
    focused(renderToStaticMarkup(<ErrorSummary title="A problem" errors={errors} />)),
  ).not.toBeNull();
});

test("a field that has the focus otherwise leaves it to what is wrong", () => {
  openDesk(false);
  expect(
    focused(renderToStaticMarkup(<Field name="code" label="Code" autoFocus />)),
  ).not.toBeNull();
  openDesk(true);
  expect(focused(renderToStaticMarkup(<Field name="code" label="Code" autoFocus />))).toBeNull();
});
