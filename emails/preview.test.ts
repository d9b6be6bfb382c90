import { createElement, type FunctionComponent } from "react";
import { render } from "react-email";
import { expect, test } from "vitest";
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
