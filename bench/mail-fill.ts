import { describeRun } from "@/bench/machine";
import { median } from "@/bench/median";
import { resetEnvironment } from "@/lib/env/env";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { compileMail } from "@/lib/mail/compile-mail";
import { contentsOf } from "@/lib/mail/mail-contents";
import { shapeOf } from "@/lib/mail/mail-shape";
import { renderMail } from "@/lib/mail/render";
import { renderBuiltIn } from "@/lib/mail/render-built-in";
import { everything, mail } from "@/lib/testing/rendered-mails";

const warmUpRounds = 50;
// One filling is too short for the clock.
const fillsAtOnce = 50;

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/**
 * Times, turn by turn in one run, what it takes to render a code mail by its template, to compile it,
 * and to fill and check it for one customer, and prints the medians and how they compare.
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
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const render = await millisecondsOf(() => renderBuiltIn(contentsOf(usual, everything)));
    const compile = await millisecondsOf(() => compileMail(shape));
    const fills = await millisecondsOf(async () => {
      for (let time = 0; time < fillsAtOnce; time += 1) await renderMail(usual, everything);
    });
    if (round < 0) continue;
    times.render.push(render);
    times.compile.push(compile);
    times.fill.push(fills / fillsAtOnce);
  }
  const fill = median(times.fill);
  const row = (name: string, all: number[]) => ({
    "": name,
    "times a filled mail": (median(all) / fill).toFixed(0),
    "median ms": median(all).toFixed(3),
  });
  console.table([
    row("a code mail rendered by its template", times.render),
    row("compiled", times.compile),
    row("filled and checked", times.fill),
  ]);
}
