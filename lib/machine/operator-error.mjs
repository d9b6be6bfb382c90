/** A fault the operator can mend: its message is one plain sentence, shown without a stack. */
export class OperatorError extends Error {
  name = "OperatorError";
}

/**
 * Makes the faults of a command's arguments, each of which ends with what works.
 *
 * @param {string} usage such as "npm run worker, or npm run worker -- --health"
 */
export const wrongArguments = (usage) => (/** @type {string} */ what) =>
  new OperatorError(`${what}; what works is ${usage}.`);

/** Distinguishes an `OperatorError` from a defect, also across two copies of this module. */
export function isOperatorError(error) {
  return error instanceof Error && error.name === "OperatorError";
}

/** Prints what went wrong: one sentence for an operator's fault, the stack for a defect of ours. */
export function printFault(error) {
  if (isOperatorError(error) || error?.name === "EnvironmentError") console.error(error.message);
  else console.error(error);
}
