import { describeRun } from "@/bench/machine";
import { median } from "@/bench/median";
import { resetEnvironment } from "@/lib/env/env";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { compileMail } from "@/lib/mail/compile-mail";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import type { LiveTexts } from "@/lib/mail/edited/live-texts";
import { contentsOf } from "@/lib/mail/mail-contents";
import { shapeOf } from "@/lib/mail/mail-shape";
import { makeMail, renderMail } from "@/lib/mail/render";
import { renderBuiltIn } from "@/lib/mail/render-built-in";
import { type MailFrame, noFrame } from "@/lib/mail-document/frame";
import { everything, mail } from "@/lib/testing/rendered-mails";

const warmUpRounds = 50;
// One filling is too short for the clock.
const fillsAtOnce = 50;

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const frame: MailFrame = { ...noFrame, light: "#0a7d5a", legal: { pt: "Casa, Lda., Lisboa" } };

/** A text that somebody wrote: the built-in one, greeted and ended by words with links and variables. */
function editedText(): LiveTexts {
  const built = builtInDocument("sign-in-code", "pt");
  const greeting = { text: "Olá, ", bold: true } as const;
  const document = {
    ...built,
    pieces: [
      { type: "paragraph" as const, content: [greeting, { variable: "name" }, { text: "." }] },
      ...built.pieces,
      {
        type: "list" as const,
        items: [
          [{ text: "De " }, { variable: "ip" }, { text: ", " }, { variable: "country" }],
          [
            { text: "Ajuda", link: { variable: "help-page" } },
            { text: " em " },
            { variable: "brand" },
          ],
        ],
      },
      { type: "block" as const, name: "until-soon" },
    ],
  };
  const block = {
    ...built,
    pieces: [{ type: "paragraph" as const, content: [{ variable: "support" }] }],
  };
  const blocks = new Map([["until-soon", block]]);
  return {
    ...{ frame: { version: 1, frame }, unreadable: [] },
    text: { versions: "1+2+3", edited: { document, frame, blocks } },
  };
}

async function makeEdited(live: LiveTexts): Promise<void> {
  const { fallbacks } = await makeMail(mail("sign-in-code", "pt"), everything, live);
  if (fallbacks.length > 0) throw new Error(`The text was not used: ${fallbacks[0]?.reason}`);
}

/** What all but the slowest twentieth of some numbers are at most. */
const percentile95 = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.ceil(numbers.length * 0.95) - 1] ?? Number.NaN;

/**
 * Times, turn by turn in one run, what it takes to render a code mail by its template, to compile it,
 * and to fill and check it for one customer, by the built-in text and by one that somebody wrote, and
 * prints the medians, what nineteen of twenty take at most, and how they compare.
 *
 * @param rounds repetitions of each, after a warm-up
 */
export async function measureMails(rounds: number): Promise<void> {
  Object.assign(process.env, withoutSettings(process.env), {
    AUTH_SECRET: "a secret for benches of 32 characters or more",
    DATABASE_URL: "postgresql://nobody@localhost/nothing",
  });
  resetEnvironment();
  console.log(describeRun(`npm run bench -- mail-fill ${rounds}`));
  const usual = mail("sign-in-code", "pt");
  const shape = shapeOf(contentsOf(usual, everything));
  const times = { render: [] as number[], compile: [] as number[], fill: [] as number[] };
  const edited: number[] = [];
  const live = editedText();
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const render = await millisecondsOf(() => renderBuiltIn(contentsOf(usual, everything)));
    const compile = await millisecondsOf(() => compileMail(shape));
    const fills = await millisecondsOf(async () => {
      for (let time = 0; time < fillsAtOnce; time += 1) await renderMail(usual, everything);
    });
    const ofText = await millisecondsOf(async () => {
      for (let time = 0; time < fillsAtOnce; time += 1) await makeEdited(live);
    });
    if (round < 0) continue;
    edited.push(ofText / fillsAtOnce);
    times.render.push(render);
    times.compile.push(compile);
    times.fill.push(fills / fillsAtOnce);
  }
  const fill = median(times.fill);
  const row = (name: string, all: number[]) => ({
    "": name,
    "times a filled mail": (median(all) / fill).toFixed(0),
    "median ms": median(all).toFixed(3),
    "95 of 100 ms": percentile95(all).toFixed(3),
  });
  console.table([
    row("a code mail rendered by its template", times.render),
    row("compiled", times.compile),
    row("filled and checked", times.fill),
    row("a text that somebody wrote, filled and checked", edited),
  ]);
}
