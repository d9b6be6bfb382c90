import { beforeEach, expect, test, vi } from "vitest";
import { attemptAll } from "@/lib/jobs/attempt";
import { jobsOf } from "@/lib/jobs/jobs";
import { log } from "@/lib/log/log";
import { expectLogged } from "@/lib/testing/logged";

const done = vi.hoisted(() => ({ works: [] as string[], failing: [] as string[] }));

/** A work of the worker's that notes that it ran, and fails where a test says so. */
const work = vi.hoisted(() => (name: string) => async () => {
  done.works.push(name);
  if (done.failing.includes(name)) throw new Error(`${name} fails`);
});
vi.mock("@/lib/cases/change/carry-out-cases", () => ({
  carryOutCases: work("carry out"),
  remindOwners: work("remind"),
}));
vi.mock("@/lib/cases/change/lapse-cases", () => ({ lapseCases: work("lapse") }));
vi.mock("@/lib/figures/fold-figures", () => ({ foldFigures: work("fold figures") }));
vi.mock("@/lib/jobs/clean-up", () => ({
  cleanUp: work("clean up"),
  forgetAnswers: work("forget answers"),
}));
vi.mock("@/lib/mail/fate/read-returned-mail", () => ({ readReturnedMail: work("read returns") }));
vi.mock("@/lib/mail/keep-outbox", () => ({
  forgetOldMails: work("forget mails"),
}));
vi.mock("@/lib/two-step/end-due-factors", () => ({ endDueFactors: work("end factors") }));
vi.mock("@/lib/canary/run-canary", () => ({ runCanary: work("run canary") }));
vi.mock("@/lib/mail/fate/watch-outage", () => ({ watchOutage: work("watch outage") }));
vi.mock("@/lib/templates/alarm-editors", () => ({ alarmEditors: work("alarm editors") }));
vi.mock("@/lib/templates/tally-mails", () => ({ tallyMails: work("tally mails") }));

vi.mock("@/prisma/seed", () => ({ keepDemo: work("keep demo") }));

const wake = vi.fn();
const jobs = jobsOf({ wake });

beforeEach(() => {
  Object.assign(done, { works: [], failing: [] });
  wake.mockClear();
});

const works: Record<string, string[]> = {
  move_cases: ["remind", "carry out", "lapse"],
  end_factors: ["end factors"],
  forget_answers: ["forget answers"],
  keep_demo: ["keep demo"],
  fold_figures: ["fold figures"],
  alarm_editors: ["alarm editors"],
  watch_mail: ["watch outage"],
  run_canary: ["run canary"],
  read_returned_mail: ["read returns"],
  tally_mails: ["tally mails"],
  clean_up: ["forget mails", "clean up"],
};

test("the jobs are known to the database by these names, and when they run by themselves", () => {
  expect(Object.fromEntries(jobs.map(({ name, period }) => [name, period]))).toEqual({
    send_mail: null,
    requeue_mails: null,
    move_cases: "* * * * *",
    end_factors: "* * * * *",
    forget_answers: "* * * * *",
    keep_demo: "* * * * *",
    fold_figures: "* * * * *",
    alarm_editors: "* * * * *",
    watch_mail: "* * * * *",
    run_canary: "*/15 * * * *",
    read_returned_mail: "* * * * *",
    tally_mails: "*/10 * * * *",
    clean_up: "7 * * * *",
  });
});

const runJob = (name: string) => jobs.find((job) => job.name === name)?.run();

const each = Object.entries(works).flatMap(([job, names]) => names.map((one) => [job, one]));

test.each(each)("in %s, where %s fails the rest is done, and the log says so", async (job, one) => {
  expectLogged(/^.*"msg":"[A-Z][^"]* failed and is tried again later\."/);
  const warned = vi.spyOn(log, "warn");
  done.failing = [one ?? ""];
  await runJob(job ?? "");
  expect(done.works).toEqual(works[job ?? ""]);
  expect(warned).toHaveBeenCalledExactlyOnceWith(
    { error: new Error(`${one} fails`) },
    expect.stringMatching(/^[A-Z].* failed and is tried again later\.$/),
  );
  warned.mockRestore();
});

test.each(["send_mail", "requeue_mails"])(
  "%s, which the version before asks for, has the due mails looked for",
  async (name) => {
    await runJob(name);
    expect(wake).toHaveBeenCalledExactlyOnceWith();
  },
);

test("works are done one after the other", async () => {
  const order: string[] = [];
  await attemptAll({
    First: async () => {
      await Promise.resolve();
      order.push("first");
    },
    Second: async () => {
      order.push("second");
    },
  });
  expect(order).toEqual(["first", "second"]);
});
