import { runCanary } from "@/lib/canary/run-canary";
import { carryOutCases, remindOwners } from "@/lib/cases/change/carry-out-cases";
import { lapseCases } from "@/lib/cases/change/lapse-cases";
import { foldFigures } from "@/lib/figures/fold-figures";
import { attemptAll } from "@/lib/jobs/attempt";
import { cleanUp, forgetAnswers } from "@/lib/jobs/clean-up";
import { readReturnedMail } from "@/lib/mail/fate/read-returned-mail";
import { watchOutage } from "@/lib/mail/fate/watch-outage";
import { forgetOldMails } from "@/lib/mail/keep-outbox";
import type { Lanes } from "@/lib/mail/lanes";
import { alarmEditors } from "@/lib/templates/alarm-editors";
import { tallyMails } from "@/lib/templates/tally-mails";
import { endDueFactors } from "@/lib/two-step/end-due-factors";
import { keepDemo } from "@/prisma/seed";

/** Something that the worker does. */
export type Job = {
  /** By which the database knows it, and processes of other versions: it is never changed. */
  name: string;
  /** When it runs by itself, as cron writes it; null: only when it is asked for. */
  period: string | null;
  /**
   * Throws only where it is to be tried again at once.
   *
   * @param signal asks what takes long to stop where it can go on later
   */
  run(signal?: AbortSignal): Promise<void>;
};

const everyMinute = "* * * * *";
const everyTenMinutes = "*/10 * * * *";
const everyQuarter = "*/15 * * * *";
const sevenPastEveryHour = "7 * * * *";

const watchMail = async () => void (await watchOutage());

/** All that the worker does. */
export function jobsOf({ wake }: Pick<Lanes, "wake">): Job[] {
  // The version before enqueues a mail with such a job, and its worker makes the other.
  const wakeLanes = async () => wake();
  return [
    { name: "send_mail", period: null, run: wakeLanes },
    { name: "requeue_mails", period: null, run: wakeLanes },
    {
      name: "move_cases",
      period: everyMinute,
      run: () =>
        attemptAll({
          "Reminding of changes of an address": remindOwners,
          "Carrying changes of an address out": carryOutCases,
          "Ending cases that were not answered": lapseCases,
        }),
    },
    {
      name: "end_factors",
      period: everyMinute,
      run: () => attemptAll({ "Ending second factors that nobody kept": endDueFactors }),
    },
    {
      name: "forget_answers",
      period: everyMinute,
      run: (signal) =>
        attemptAll({ "Deleting the answers to old forms": () => forgetAnswers(signal) }),
    },
    {
      name: "keep_demo",
      period: everyMinute,
      run: () => attemptAll({ "Keeping the demo people's stories": keepDemo }),
    },
    {
      name: "fold_figures",
      // Each minute, so that figures are quick a minute after the first start that keeps them.
      period: everyMinute,
      run: (signal) => attemptAll({ "Counting the figures": () => foldFigures(signal) }),
    },
    {
      name: "alarm_editors",
      period: everyMinute,
      run: () => attemptAll({ "Notifying editors of mails that could not be made": alarmEditors }),
    },
    {
      name: "watch_mail",
      period: everyMinute,
      run: () => attemptAll({ "Looking whether mail arrives": watchMail }),
    },
    {
      name: "run_canary",
      period: everyQuarter,
      run: (signal) =>
        attemptAll({ "The canary's sign-in": async () => void (await runCanary(signal)) }),
    },
    {
      name: "read_returned_mail",
      period: everyMinute,
      run: (signal) => attemptAll({ "Reading returned mail": () => readReturnedMail(signal) }),
    },
    {
      name: "tally_mails",
      period: everyTenMinutes,
      run: (signal) => attemptAll({ "Counting the mails of each kind": () => tallyMails(signal) }),
    },
    {
      name: "clean_up",
      period: sevenPastEveryHour,
      run: (signal) =>
        attemptAll({
          "Deleting old mails": () => forgetOldMails(signal),
          "Deleting old records": () => cleanUp(signal),
        }),
    },
  ];
}
