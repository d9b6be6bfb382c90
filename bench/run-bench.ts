import { type BenchCommand, readBenchArguments } from "@/bench/arguments";
import { type CleanUps, createCleanUps } from "@/bench/clean-ups";
import { printFault } from "@/lib/machine/operator-error.mjs";

/** Measures what the words after `npm run bench --` ask for, cleans up, and ends this process. */
export async function runBench(words: string[]): Promise<void> {
  const cleanUps = createCleanUps();
  const endBy = (code: number) => void cleanUps.run().then(() => process.exit(code));
  process.once("SIGINT", () => endBy(130)).once("SIGTERM", () => endBy(143));
  process.once("SIGHUP", () => endBy(129));
  try {
    await measure(readBenchArguments(words), cleanUps);
    endBy(0);
  } catch (error) {
    printFault(error);
    endBy(1);
  }
}

async function measure(command: BenchCommand, cleanUps: CleanUps): Promise<void> {
  switch (command.kind) {
    case "journeys": {
      const { compare } = await import("@/bench/compare");
      const { report, writeReadme } = await import("@/bench/report");
      const tables = report(await compare(command, cleanUps), command);
      console.log(tables);
      if (command.write) writeReadme(tables);
      return;
    }
    case "statements": {
      const { listStatements } = await import("@/bench/count-statements");
      return listStatements(cleanUps);
    }
    case "mail": {
      const { measureMailDelay } = await import("@/bench/mail-delay");
      return measureMailDelay(command, cleanUps);
    }
    case "mail-burst": {
      const { measureBurst } = await import("@/bench/mail-burst");
      return measureBurst(command, cleanUps);
    }
    case "crowded-places": {
      const { measureCrowdedPlaces } = await import("@/bench/crowded-places");
      return measureCrowdedPlaces(command.accounts, cleanUps);
    }
    case "rolling-restart": {
      const { measureRollingRestarts } = await import("@/bench/rolling-restart");
      return measureRollingRestarts(command.only, cleanUps);
    }
    case "running-packages": {
      const { countPackages } = await import("@/bench/running-packages");
      return countPackages();
    }
    case "growth": {
      const { measureGrowth } = await import("@/bench/growth");
      return measureGrowth(command.accounts, cleanUps);
    }
    case "mail-fill": {
      const { measureMails } = await import("@/bench/mail-fill");
      return measureMails(command.rounds);
    }
    case "over-load": {
      const { measureOverLoad } = await import("@/bench/over-load");
      return measureOverLoad(command.other, cleanUps);
    }
  }
}
