import { afterEach, beforeEach, vi } from "vitest";

/** When the tests of a file begin that asked for `stoppedClock`. */
export const start = new Date("2026-11-22T12:00:00Z");

export const hoursAfter = (hours: number) => new Date(start.getTime() + hours * 3_600_000);

/** Goes to a time, in minutes (or hours, or days) from `start`. */
export const later = (minutes: number) => vi.setSystemTime(hoursAfter(minutes / 60));
export const laterHours = (hours: number) => vi.setSystemTime(hoursAfter(hours));
export const laterDays = (days: number) => vi.setSystemTime(hoursAfter(days * 24));

/** Lets so many milliseconds pass. */
export const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

/** Before each test of the file that calls this, the clock is set to `start`, where it stands still. */
export function stoppedClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(start);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}
