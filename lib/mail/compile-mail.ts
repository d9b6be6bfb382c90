import { renderWhiteSpace } from "react-email";
import type { CompiledMail, Holed, HtmlHole, TextHole } from "@/lib/mail/compiled-mail";
import { unescapeHtml } from "@/lib/mail/escape-html";
import type { MailContents } from "@/lib/mail/mail-contents";
import type { MailShape } from "@/lib/mail/mail-shape";
import { type MailValue, mailValueNames } from "@/lib/mail/mail-values";
import { renderBuiltIn } from "@/lib/mail/render-built-in";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { type MailFrame, noFrame } from "@/lib/mail-document/frame";

// What stands where something of the one mail will. Of a list there are two entries: what is between
// them stands between any two.
const listMarks = [
  ...["facts label", "facts value", "facts label again", "facts value again"],
  ...["happened label", "happened value", "happened label again", "happened value again"],
  ...["message", "message again"],
] as const;
const marked = [...mailValueNames, "link", "notMe", ...listMarks] as const;
type Marked = (typeof marked)[number];

// Private use characters, which no template and no copy has, and which no step of rendering changes.
const FIRST_MARK = 0xe100;
const markOf = (name: Marked) =>
  `\ue000${String.fromCharCode(FIRST_MARK + marked.indexOf(name))}\ue001`;
const markPattern = /\ue000([^\ue001]*)\ue001/;

function nameOf(character: string): Marked {
  const name = marked[character.charCodeAt(0) - FIRST_MARK];
  if (name === undefined) throw new Error("There is a mark that is none of ours.");
  return name;
}

const isValue = (name: Marked): name is MailValue =>
  (mailValueNames as readonly string[]).includes(name);

const isSingle = (name: Marked): name is MailValue | "link" | "notMe" =>
  isValue(name) || name === "link" || name === "notMe";

/** Contents of a shape with a mark for each thing. */
export function markedContents(shape: MailShape): MailContents {
  const { hasLink, hasNotMe, hasHappened, message, ...rest } = shape;
  const twice = (list: "facts" | "happened") => [
    { label: markOf(`${list} label`), value: markOf(`${list} value`) },
    { label: markOf(`${list} label again`), value: markOf(`${list} value again`) },
  ];
  const words = `${markOf("message")}\n${markOf("message again")}`;
  return {
    ...rest,
    isWithoutPhone: false,
    value: markOf,
    code: markOf("code"),
    link: hasLink ? markOf("link") : null,
    notMe: hasNotMe ? markOf("notMe") : null,
    facts: twice("facts"),
    happened: hasHappened ? twice("happened") : [],
    message: { none: null, blank: "", words }[message],
  };
}

type Pieces = { literals: string[]; names: Marked[] };

/** The text around the marks, and their names. */
function piecesOf(text: string): Pieces {
  const parts = text.split(markPattern);
  return {
    literals: parts.filter((_, index) => index % 2 === 0),
    names: parts.filter((_, index) => index % 2 === 1).map(nameOf),
  };
}

/**
 * Makes holes of marks, one after the other.
 *
 * @param listHole makes one of a list's marks, given what stands between them
 */
function holedOf<Hole>(
  text: string,
  listHole: (name: Marked, between: string[]) => Hole,
): Holed<Hole | MailValue | "link" | "notMe"> {
  const { literals, names } = piecesOf(text);
  const holed: Holed<Hole | MailValue | "link" | "notMe"> = { literals: [], holes: [] };
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as Marked;
    holed.literals.push(literals[index] ?? "");
    if (isSingle(name)) {
      holed.holes.push(name);
    } else {
      const size = name === "message" ? 2 : 4;
      const first = listMarks.indexOf(name);
      const whole = listMarks.slice(first, first + size);
      if (names.slice(index, index + size).join() !== whole.join()) {
        throw new Error(`The marks of "${name}" are not one after the other.`);
      }
      holed.holes.push(listHole(name, literals.slice(index + 1, index + size)));
      index += size - 1;
    }
  }
  holed.literals.push(literals.at(-1) ?? "");
  return holed;
}

function valuesIn(text: string): Holed<MailValue> {
  const { literals, names } = piecesOf(text);
  const other = names.find((name) => !isValue(name));
  if (other !== undefined) throw new Error(`A sentence names "${other}", which is no value.`);
  return { literals, holes: names.filter(isValue) };
}

const listOf = (name: Marked) => (name.startsWith("facts") ? "facts" : "happened");

function htmlHole(name: Marked, [between = "", apart = ""]: string[]): HtmlHole {
  return name === "message"
    ? { paragraphs: "message", apart: between }
    : { rows: listOf(name), between, apart };
}

function textHole(name: Marked, [apart = ""]: string[]): TextHole {
  return name === "message" ? { paragraphs: "message", apart } : { columns: listOf(name) };
}

// react-email's own: a hidden element, the line in it, and an element of blanks after it.
const previewPattern = /(<div style="display:none[^>]*>)([^<]*)<div>([^<]*)<\/div>/;
const blanksAfter = (line: string): string => renderWhiteSpace(line)?.props.children ?? "";

/**
 * The HTML with the preview line as one hole, since its padding goes by how long it is when filled.
 *
 * @param previewLine the line with its marks; left out: the one that stands there
 */
function htmlOf(html: string, previewLine?: string): Holed<HtmlHole> {
  const [whole = "", start = "", escaped = "", blanks] = previewPattern.exec(html) ?? [];
  const line = unescapeHtml(escaped);
  if (blanks !== blanksAfter(line)) throw new Error("The preview line is not react-email's.");
  const blank = blanksAfter("").slice(blanksAfter("-").length);
  const longest = blanksAfter("").length / blank.length;
  const at = html.indexOf(whole);
  const before = holedOf(html.slice(0, at) + start, htmlHole);
  const after = holedOf(html.slice(at + whole.length), htmlHole);
  return {
    literals: [...before.literals, ...after.literals],
    holes: [
      ...before.holes,
      { preview: valuesIn(previewLine ?? line), blank, longest },
      ...after.holes,
    ],
  };
}

/**
 * Takes a mail apart that was rendered with marks.
 *
 * @param previewLine where another one stands in it for now
 * @throws where it cannot be taken apart
 */
export function apartOf({ subject, html, text }: RenderedMail, previewLine?: string): CompiledMail {
  const apart: CompiledMail = {
    subject: valuesIn(subject),
    html: htmlOf(html, previewLine),
    text: holedOf(text, textHole),
  };
  // What is cut out of a text keeps that whole text in memory: copied, it takes less than half.
  return JSON.parse(JSON.stringify(apart));
}

/**
 * Compiles the mails of a shape: renders one with marks, and takes it apart at them.
 *
 * @param frame what is set once for all mails
 * @throws where what is rendered cannot be taken apart
 */
export async function compileMail(
  shape: MailShape,
  frame: MailFrame = noFrame,
): Promise<CompiledMail> {
  return apartOf(await renderBuiltIn(markedContents(shape), frame));
}
