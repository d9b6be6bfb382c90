import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const everyMilliseconds = 1000 / 30;
const postsEvery = 3;

/** Answers by kind: "GET 200", "POST 303", "GET no answer". */
export type Tally = Map<string, number>;

/**
 * Asks the server at `port` 30 times a second until `stop()`, as a crowd does: each request on a
 * connection of its own, from an address of its own, each third one a sign-in that is refused.
 */
export function startLoad(port: number, hidden: [string, string][]) {
  const tally: Tally = new Map();
  const under = new Set<Promise<void>>();
  const agent = new Agent({ keepAlive: false });
  let count = 0;
  const ask = () => {
    const nth = count++;
    const isPost = nth % postsEvery === 0;
    const done = send(port, agent, nth, isPost ? formOf(hidden, nth) : undefined).then((status) => {
      const kind = `${isPost ? "POST" : "GET"} ${status}`;
      tally.set(kind, (tally.get(kind) ?? 0) + 1);
      under.delete(done);
    });
    under.add(done);
  };
  const timer = setInterval(ask, everyMilliseconds);
  return {
    async stop(): Promise<Tally> {
      clearInterval(timer);
      await Promise.race([Promise.all(under), pause(40_000)]);
      return tally;
    },
  };
}

const formOf = (hidden: [string, string][], nth: number) =>
  new URLSearchParams([
    ...hidden,
    ["email", `nobody-${nth}@example.com`],
    ["password", `wrong password ${nth}`],
  ]).toString();

function send(port: number, agent: Agent, nth: number, form?: string): Promise<string> {
  const address = `10.${(nth >> 16) & 255}.${(nth >> 8) & 255}.${nth & 255}`;
  const headers: Record<string, string> = {
    host: `localhost:${port}`,
    origin: `http://localhost:${port}`,
    "x-forwarded-for": address,
  };
  if (form !== undefined) headers["content-type"] = "application/x-www-form-urlencoded";
  return new Promise((resolve) => {
    const asked = request(
      { port, host: "127.0.0.1", path: "/login", method: form ? "POST" : "GET", headers, agent },
      (answer) => {
        answer.resume().once("close", () => resolve(String(answer.statusCode)));
      },
    );
    asked.once("error", () => resolve("no answer"));
    asked.end(form);
  });
}
