import type { Act } from "@/lib/account/acts";
import type { PageMessages } from "@/lib/i18n/load-messages";
import type { ActRequest, NotDone } from "@/lib/support/act-on-customer";
import { endCustomerSessions } from "@/lib/support/end-customer-sessions";
import { forgetPlace } from "@/lib/support/forget-place";
import { liftBlock } from "@/lib/support/lift-block";
import { liftMark } from "@/lib/support/lift-mark";
import { startReset } from "@/lib/support/start-reset";
import { switchOff } from "@/lib/support/switch-off";

/** The acts whose form asks for nothing but a reason. The hotline pass has a form of its own. */
export type PlainAct = Exclude<Act, "hotline-pass">;

type Words = PageMessages["acts"];

/** What the page says of an act: a sentence of its words, with what that names. */
type Said<Name extends PlainAct> = {
  kind: keyof Words[Name]["done"];
  blockedNetwork?: string | null;
  network?: string;
};

/** An act that is refused for now. */
export type TooOften = { kind: "too-often"; until: Date };

/** An act as its form says it; `target`: which block or place, "" where there is but one thing. */
export type AimedRequest = ActRequest & { target: string };

/** The step of each act. One whose outcome has no sentence in its words does not compile. */
const actSteps: {
  [Name in PlainAct]: (request: AimedRequest) => Promise<Said<Name> | TooOften | NotDone>;
} = {
  "block-lifted": async (request) => {
    const outcome = await liftBlock({ ...request, reference: request.target });
    const isNowhere = outcome.kind === "lifted" && outcome.blockedNetwork === null;
    return isNowhere ? { kind: "lifted-unknown" } : outcome;
  },
  "sessions-ended-by-support": endCustomerSessions,
  "place-forgotten-by-support": (request) => forgetPlace({ ...request, placeId: request.target }),
  "password-switched-off": switchOff,
  "reset-by-support": startReset,
  "mark-lifted": (request) => liftMark({ ...request, which: request.target }),
};

/** What becomes of an act. */
export type ActOutcome = Awaited<ReturnType<(typeof actSteps)[PlainAct]>>;

/** Does an act for a member of staff, or says why not. */
export const carryOutAct = async (act: PlainAct, request: AimedRequest): Promise<ActOutcome> =>
  actSteps[act](request);

/** The act that a form names; null: none of these. */
export const readPlainAct = (typed: string | null): PlainAct | null =>
  typed !== null && Object.hasOwn(actSteps, typed) ? (typed as PlainAct) : null;
