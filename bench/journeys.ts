import type { Agent } from "node:http";
import { browserCookie, emailOf, knownAddress, newAddress, password } from "@/bench/people";
import type { PostOffice } from "@/bench/post-office";
import { type Answer, type Form, formOf, Visitor } from "@/bench/visitor";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

/** A sign-in at a place that the account trusts; and one from a new network, with a mailed code. */
export const journeyNames = ["known", "new"] as const;
export type JourneyName = (typeof journeyNames)[number];
export const titles = { known: "known place", new: "new network" };

const session = "portaria.session";

/** How one journey is gone. */
type Way = {
  agent?: Agent;
  password?: string;
  /** What is typed instead of the code that was mailed. */
  typed?: (code: string) => string;
  /** Called after each answer. */
  after?: (step: string) => Promise<void>;
};

/** Two journeys through a server that has the product's paths and fields, each by somebody else. */
export type Journeys = {
  /** Throws unless it ends signed in, on the page that names the person. */
  go(name: JourneyName, way?: Way): Promise<void>;
  /** Throws if a wrong password, a wrong code or a session that was made up lets anybody in. */
  mustRefuse(): Promise<void>;
};

/** Who goes next on a journey: known places take people from the first, new networks from the last. */
export type Queue = (name: JourneyName) => number;

/** A queue of so many people, in which nobody's turn comes twice. */
export function createQueue(accounts: number): Queue {
  const gone = { known: 0, new: 0 };
  return (name) => {
    if (gone.known + gone.new >= accounts)
      throw new OperatorError(
        "There were too few people for so fast a machine: ask for less time.",
      );
    gone[name] += 1;
    return name === "known" ? gone.known : accounts + 1 - gone.new;
  };
}

export function createJourneys(url: string, post: PostOffice, nextPerson: Queue): Journeys {
  // Of one build, so the same for everybody.
  let loginForm: Promise<Form> | undefined;

  const passing = async (way: Way, step: string, work: Promise<Answer>): Promise<Answer> => {
    const answer = await work;
    await way.after?.(step);
    return answer;
  };

  async function pressSignIn(visitor: Visitor, person: number, way: Way): Promise<Answer> {
    loginForm ??= new Visitor(url).open("/login").then((html) => formOf(html, "Sign in"));
    const fields = { email: emailOf(person), password: way.password ?? password };
    const form = await loginForm;
    return passing(way, "POST /login", visitor.post("/login", form, fields));
  }

  async function mustShow(visitor: Visitor, person: number, way: Way): Promise<void> {
    if (!visitor.has(session)) throw new Error("No session came.");
    const page = await passing(way, "GET /account", visitor.get("/account"));
    if (page.status !== 200) throw new Error(`/account answered ${page.status}.`);
    if (!page.text.includes(emailOf(person))) throw new Error("/account shows somebody else.");
  }

  async function goKnown(visitor: Visitor, person: number, way: Way): Promise<void> {
    visitor.take(...browserCookie());
    mustLead(await pressSignIn(visitor, person, way), "/account");
    await mustShow(visitor, person, way);
  }

  async function goNew(visitor: Visitor, person: number, way: Way): Promise<void> {
    mustLead(await pressSignIn(visitor, person, way), "/verify");
    if (visitor.has(session)) throw new Error("A session came before the code.");
    const page = await passing(way, "GET /verify", visitor.get("/verify"));
    if (page.status !== 200) throw new Error(`/verify answered ${page.status}.`);
    const { code } = await post.code(emailOf(person));
    const typed = way.typed?.(code) ?? code;
    const form = formOf(page.text, "Verify");
    const answer = await passing(
      way,
      "POST /verify",
      visitor.post("/verify", form, { code: typed }),
    );
    mustLead(answer, "/account");
    await mustShow(visitor, person, way);
  }

  const ways = { known: goKnown, new: goNew };
  const visitorOf = (name: JourneyName, person: number, agent?: Agent) => {
    const address = name === "known" ? knownAddress(person) : newAddress(person);
    return new Visitor(url, { headers: { "x-forwarded-for": address }, agent });
  };

  const go = async (name: JourneyName, way: Way = {}) => {
    const person = nextPerson(name);
    await ways[name](visitorOf(name, person, way.agent), person, way);
  };

  async function mustRefuseJourney(name: JourneyName, what: string, back: string, way: Way) {
    const person = nextPerson(name);
    const visitor = visitorOf(name, person);
    const led = await ways[name](visitor, person, way).catch((error: Error) => error.message);
    const isRefused = led === `It leads to ${back}.`;
    if (!isRefused || visitor.has(session) || (await isShown(visitor, person)))
      throw new OperatorError(`${url} does not refuse ${what}, so it is not measured: ${led}`);
  }

  const isShown = async (visitor: Visitor, person: number) =>
    (await visitor.get("/account")).text.includes(emailOf(person));

  return {
    go,
    async mustRefuse() {
      const wrong = { password: `not ${password}` };
      const typed = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
      await mustRefuseJourney("known", "a wrong password", "/login", wrong);
      await mustRefuseJourney("new", "a wrong password from a new network", "/login", wrong);
      await mustRefuseJourney("new", "a wrong code", "/verify", { typed });
      const stranger = new Visitor(url);
      stranger.take(session, "made.up");
      if ((await stranger.get("/account")).status === 200)
        throw new OperatorError(`${url} takes a session that was made up, so it is not measured.`);
    },
  };
}

function mustLead(answer: Answer, path: string): void {
  const { location = "" } = answer.headers;
  const led = URL.canParse(location) ? new URL(location).pathname : location;
  if (answer.status !== 303) throw new Error(`It answered ${answer.status}.`);
  if (led !== path) throw new Error(`It leads to ${led}.`);
}
