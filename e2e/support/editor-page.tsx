import { renderToStaticMarkup } from "react-dom/server";
import { Field } from "@/components/field";
import { MailEditorParts } from "@/components/mail-editor/mail-editor-parts";
import type { EditorChoices, EditorPageWords } from "@/components/mail-editor/words";
import { OwnScript } from "@/components/own-script";
import { TextArea } from "@/components/text-area";

/** What a form of a mail's text opens with. */
export type EditorPage = {
  words: EditorPageWords;
  /** Null: the plain editor, which has none. */
  choices: EditorChoices | null;
  subject: string;
  preview: string;
  text: string;
};

const variable = (
  name: string,
  type: "value" | "link" | "panel",
  description: string,
  sample: string,
  isRequired = false,
) => ({ name, type, description, sample, isRequired });

/** What a mail with a code offers, and two pictures and blocks. */
export const someChoices: EditorChoices = {
  variables: [
    variable("code", "panel", "The code, large and alone", "482 913", true),
    variable("facts", "panel", "Where the sign-in came from", "IP address 203.0.113.7, …", true),
    variable("code", "value", "The code in a sentence", "482 913", true),
    variable("until", "value", "Until when the code is good", "14:35 (UTC)", true),
    variable("name", "value", "The customer’s name", "Ines Castro"),
    variable("country", "value", "The country", "Portugal"),
    variable("sign-in-page", "link", "The page to sign in", "https://host.example/login"),
    variable("help-page", "link", "The help centre", "https://host.example/help"),
  ],
  images: [
    { id: "aaaaaaaa1", address: "/pictures/one.png", name: "The logo" },
    { id: "bbbbbbbb2", address: "/pictures/two.png", name: "A door" },
  ],
  blocks: [
    { name: "greeting", variables: ["name"] },
    { name: "deadline", variables: ["until"] },
  ],
};

/** The page as the studio has it: a form that works without scripts, and the editor for where they run. */
export const renderPage = ({ words, choices, subject, preview, text }: EditorPage): string =>
  `<!doctype html>${renderToStaticMarkup(
    <html lang="en">
      {/* biome-ignore lint/style/noHeadElement: a page of its own, without Next */}
      <head>
        <title>Sign-in code</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href="/styles/all.css" />
      </head>
      <body>
        <main className="mx-auto grid max-w-3xl gap-6 p-4">
          <h1 className="font-bold text-2xl">Sign-in code</h1>
          <form
            method="post"
            action="/saved"
            encType="multipart/form-data"
            className="grid grid-cols-1 gap-6"
            data-mail-form=""
            data-preview="/preview"
          >
            <Field name="subject" label="Subject" defaultValue={subject} />
            <Field name="preview" label="Preview line" defaultValue={preview} />
            <TextArea
              name="text"
              label="Text"
              hint="What the mail says."
              rows={12}
              defaultValue={text}
            />
            {choices && <MailEditorParts words={words} {...choices} />}
            <button type="submit">Save draft</button>
          </form>
          <iframe
            name="preview-phone-light"
            data-mail-preview="phone-light"
            title="Preview on a phone"
            src={`/preview?${new URLSearchParams({ text })}`}
            loading="lazy"
            sandbox=""
          />
          <OwnScript name="mail-preview" />
        </main>
      </body>
    </html>,
  )}`;
