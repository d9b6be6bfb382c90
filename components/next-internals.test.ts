import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { actionField, actionIn, idOfAction } from "@/components/next-internals";

const require = createRequire(import.meta.url);
const react = (part: string) =>
  require.resolve(
    `next/dist/compiled/react-server-dom-turbopack/cjs/react-server-dom-turbopack-${part}.production.js`,
  );

/** What the React that Next brings along for server components makes of `program`. */
function inReact(program: string): unknown {
  const module = JSON.stringify(react("server.node"));
  const whole = `const react = require(${module});
    (async () => { ${program} })().then((made) => console.log(JSON.stringify(made)));`;
  const conditions = ["--conditions", "react-server", "--eval", whole];
  const cwd = new URL("..", import.meta.url);
  return JSON.parse(execFileSync(process.execPath, conditions, { cwd, encoding: "utf8" }));
}

test("a server action has its id where we look for it", async () => {
  const made = inReact(`return { ...Object.fromEntries(["$$id"].map((name) =>
    [name, react.registerServerReference(async () => {}, "4a1b", null)[name]])) };`);
  expect(idOfAction(Object.assign(async () => {}, made))).toBe("4a1b");
  expect(() => idOfAction(async () => {})).toThrow("A PostForm needs a server action.");
});

test("a form names its action in the field that React reads", () => {
  const program = (field: string) => `const form = new FormData();
    form.append(${JSON.stringify(field)}, "");
    const asked = [];
    const manifest = new Proxy({}, { get: (_, id) => void asked.push(id) });
    try { await react.decodeAction(form, manifest); } catch {}
    return asked[0] ?? null;`;
  expect(inReact(program(actionField("4a1b")))).toBe("4a1b");
  expect(inReact(program("$ACTION4a1b"))).toBeNull();
  expect(actionIn(actionField("4a1b"))).toBe("4a1b");
  expect(["$ACTION_REF_1", "$ACTION_KEY", "email"].map(actionIn)).toEqual([null, null, null]);
});
