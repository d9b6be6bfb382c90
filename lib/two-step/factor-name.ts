import { FACTOR_NAME_MAX_LENGTH } from "@/lib/two-step/rules/limits";
import { type NameError, typedName } from "@/lib/typed/typed-name";

/** Reads what a customer calls an app or a passkey: 1 to 50 characters, one of them visible. */
export const readFactorName = (typed: string): { name: string; error: NameError | undefined } =>
  typedName(typed, FACTOR_NAME_MAX_LENGTH);
