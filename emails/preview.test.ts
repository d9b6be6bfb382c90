import { createElement, type FunctionComponent } from "react";
import { render } from "react-email";
import { expect, test } from "vitest";
import EditedMail from "@/emails/edited-mail";
import { templates } from "@/lib/mail/templates";

test.each(Object.entries(templates))(
  "%s shows itself in the preview, all words filled",
  async (_, template) => {
    const Template = template as unknown as FunctionComponent<object>;
    const html = await render(createElement(Template, template.PreviewProps));
    const { title, whatHappened } = template.PreviewProps.words;
    expect(html).toContain(title);
    expect(html).toContain(whatHappened);
    expect(html.replace(/<style>.*?<\/style>/gs, "")).not.toMatch(/\{\w+\}/);
  },
);

test("a text that somebody wrote shows itself in the preview, with every sort of piece", async () => {
  const html = await render(createElement(EditedMail, EditedMail.PreviewProps));
  for (const part of [
    ">482913<",
    "<ul",
    "<hr",
    "<h3",
    "<h2",
    "<strong>now</strong>",
    "<em>our help",
  ]) {
    expect(html).toContain(part);
  }
  expect(html).toMatch(/<p style="[^"]*text-align:center/);
  expect(html.indexOf("There is none.")).toBeLessThan(html.indexOf("What we know of it"));
});
