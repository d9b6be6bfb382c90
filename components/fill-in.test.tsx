import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, test } from "vitest";
import { Checkbox, Radio } from "@/components/checkbox";
import { Disclosure } from "@/components/disclosure";
import { Field } from "@/components/field";
import { setFormDesk } from "@/components/form-desk";
import { PasswordField } from "@/components/password-field";
import { PostForm } from "@/components/post-form";
import { Select } from "@/components/select";
import { TextArea } from "@/components/text-area";

const actionOf = (id: string) => Object.assign(async () => {}, { $$id: id });
const typed = new Map([
  ["id", ["7"]],
  ["email", ['a"<b>@c']],
  ["story", ["Once\nupon"]],
  ["role", ["admin"]],
  ["stars", ["3"]],
  ["asking", ["always"]],
  ["mailed", ["on"]],
  ["password", ["hush-hush"]],
  ["code", ["123456"]],
]);

function sendBack(actionId: string) {
  setFormDesk({
    idOf: (id) => `own-${id}`,
    nameOf: () => null,
    freshId: () => "id-1",
    answersRefused: () => false,
    typedInto: (id, hidden) => (id === actionId && hidden.get("id") === "7" ? typed : null),
  });
}

afterEach(() => setFormDesk(undefined));

const words = {
  show: "Show",
  showPassword: "Show password",
  hide: "Hide",
  hidePassword: "Hide it",
};

function Form({ id = "7" }: { id?: string }) {
  return (
    <PostForm action={actionOf("1")}>
      <input type="hidden" name="id" value={id} />
      <div>
        {["one", "two"].map((part) => (
          <p key={part}>{part}</p>
        ))}
        <Field name="email" label="Email" defaultValue={undefined} />
        <Field name="other" label="Other" defaultValue="as it was" />
        <TextArea name="story" label="Story" defaultValue="before" />
      </div>
      <fieldset>
        <Select
          name="role"
          label="Role"
          defaultValue="support"
          options={["support", "admin"].map((value) => ({ value, label: value }))}
        />
        <Checkbox name="mailed" label="Mailed" />
        <Checkbox name="asked" label="Asked" defaultChecked />
        {["2", "3"].map((stars) => (
          <input
            key={stars}
            type="radio"
            name="stars"
            value={stars}
            defaultChecked={stars === "2"}
          />
        ))}
        {["never", "always"].map((value) => (
          <Radio
            key={value}
            name="asking"
            value={value}
            label={value}
            defaultChecked={value === "never"}
          />
        ))}
      </fieldset>
      <PasswordField name="password" label="Password" purpose="current" words={words} />
      <Field name="code" label="Code" />
    </PostForm>
  );
}

const radioOf = (markup: string, value: string) =>
  new RegExp(`<input[^>]*value="${value}"[^>]*>`).exec(markup)?.[0];

const inputOf = (markup: string, name: string, more = "") =>
  new RegExp(`<input[^>]*name="${name}"[^>]*${more}[^>]*>`).exec(markup)?.[0];

test("a form that came back holds what was typed into every kind of field", () => {
  sendBack("1");
  const markup = renderToStaticMarkup(<Form />);
  expect(inputOf(markup, "email")).toContain('value="a&quot;&lt;b&gt;@c"');
  expect(markup).toContain(">Once\nupon</textarea>");
  expect(markup).toContain('<option value="admin" selected="">');
  expect(markup).not.toContain('<option value="support" selected="">');
  expect(inputOf(markup, "stars", 'value="3"')).toContain("checked");
  expect(inputOf(markup, "stars", 'value="2"')).not.toContain("checked");
  expect(radioOf(markup, "always")).toContain('checked=""');
  expect(radioOf(markup, "never")).not.toContain("checked");
  expect(inputOf(markup, "mailed")).toContain("checked");
  expect(inputOf(markup, "asked")).not.toContain("checked");
  expect(markup).toContain("<p>one</p><p>two</p>");
});

test("what was not sent stays as the page has it, and what no page fills in stays empty", () => {
  sendBack("1");
  const markup = renderToStaticMarkup(<Form />);
  expect(inputOf(markup, "other")).toContain('value="as it was"');
  expect(markup).not.toContain("hush-hush");
  expect(markup).not.toContain("123456");
});

test.each([
  ["no form came back", undefined],
  ["another form came back", "2"],
])("%s: the form is as the page has it", (_, back) => {
  if (back !== undefined) sendBack(back);
  const markup = renderToStaticMarkup(<Form />);
  expect(inputOf(markup, "asked")).toContain("checked");
  expect(markup).toContain(">before</textarea>");
  expect(markup).not.toContain("&lt;b&gt;");
});

test("of several forms of one kind only the one about the same thing is filled in", () => {
  sendBack("1");
  expect(renderToStaticMarkup(<Form id="8" />)).not.toContain("upon");
});

test("a form carries the id it is given, and without a desk its action's own", () => {
  expect(renderToStaticMarkup(<Form />)).toContain('name="$ACTION_ID_1"');
  sendBack("1");
  expect(renderToStaticMarkup(<Form />)).toContain('name="$ACTION_ID_own-1"');
});

test("a form that came back is not folded away", () => {
  const folded = (id: string) =>
    renderToStaticMarkup(
      <Disclosure summary="Rename">
        <PostForm action={actionOf("1")}>
          <input type="hidden" name="id" value={id} />
        </PostForm>
      </Disclosure>,
    );
  sendBack("1");
  expect(folded("7")).toContain("<details open");
  expect(folded("8")).not.toContain("<details open");
});
