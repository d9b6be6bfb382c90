/** The present moment. The one function that asks the system's clock, so that rules and tests can be given another. */
export function readClock(): Date {
  return new Date();
}
