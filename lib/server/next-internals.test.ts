import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, connect, type Socket } from "node:net";
import { PHASE_PRODUCTION_SERVER } from "next/constants";
import type { ActionManifest as NextManifest } from "next/dist/build/webpack/plugins/flight-client-entry-plugin";
import * as appHeaders from "next/dist/client/components/app-router-headers";
import loadConfig from "next/dist/server/config";
import { SERVER_REFERENCE_MANIFEST } from "next/dist/shared/lib/constants";
import { expect, expectTypeOf, test, vi } from "vitest";
import type { ActionManifest } from "@/lib/forms/form-table";
import { root } from "@/lib/machine/project.mjs";
import { removeInsideHeaders } from "@/lib/server/gate/next-headers";
import {
  ACTION_HEADER,
  ACTION_MANIFEST,
  answerOn,
  insideHeaders,
  RSC_HEADER,
  readConfigQuietly,
} from "@/lib/server/next-internals";

// Each of these is held to the installed Next: an upgrade that changes one fails here by its name.
const require = createRequire(import.meta.url);
const sourceOf = (module: string) => readFileSync(require.resolve(`next/dist/${module}`), "utf8");

test("what Next's script would ask by is taken off, but in development that names an action alone", () => {
  expect(ACTION_HEADER).toBe(appHeaders.ACTION_HEADER);
  expect(RSC_HEADER).toBe(appHeaders.RSC_HEADER);
  const names: string[] = [...appHeaders.FLIGHT_HEADERS, appHeaders.NEXT_URL];
  expect(names.length).toBeGreaterThan(5);
  const asked = Object.fromEntries([...names, ACTION_HEADER].map((name) => [name, "1"]));
  const left = { ...asked };
  removeInsideHeaders(left, false);
  expect(left).toEqual({});
  removeInsideHeaders(asked, true);
  expect(Object.keys(asked)).toEqual(expect.arrayContaining(names));
  expect(asked[ACTION_HEADER]).toBeUndefined();
});

test("whatever Next itself takes off from outside, and marks its answers with, is taken off", () => {
  const listed = /INTERNAL_HEADERS = \[([^\]]+)\]/.exec(sourceOf("server/lib/server-ipc/utils.js"));
  const inside = [...(listed?.[1] ?? "").matchAll(/'([^']+)'/g)].map(([, name = ""]) => name);
  expect(inside.length).toBeGreaterThan(8);
  const answers = Object.values(appHeaders).filter((name) => /^x-nextjs-/.test(String(name)));
  const headers = Object.fromEntries(
    [...inside, ...answers, ...insideHeaders.names].map((name) => [name, "1"]),
  );
  removeInsideHeaders(headers, false);
  expect(headers).toEqual({});
});

test("a build lists its actions where and as we read them", () => {
  expect(ACTION_MANIFEST).toEqual(["server", `${SERVER_REFERENCE_MANIFEST}.json`]);
  expectTypeOf<keyof ActionManifest>().toExtend<keyof NextManifest>();
  expectTypeOf<keyof ActionManifest["node"][string]>().toExtend<
    keyof NextManifest["node"][string]
  >();
});

test("the configuration is read without a word, and is what Next then finds", async () => {
  const said: string[] = [];
  const spy = vi.spyOn(console, "log").mockImplementation((text) => void said.push(String(text)));
  try {
    await readConfigQuietly(root);
    expect(said).toEqual([]);
    const found = await loadConfig(PHASE_PRODUCTION_SERVER, root, { silent: false });
    expect(said).toEqual([]);
    expect(found.poweredByHeader).toBe(false);
    // What it says of one that it has not read: without this line nothing would be kept from the log.
    await loadConfig(PHASE_PRODUCTION_SERVER, root, { silent: false, debugPrerender: true });
    expect(said.join()).toMatch(/Running next\.config\.mjs took/);
  } finally {
    spy.mockRestore();
  }
});

test("the answer under way on a connection is known, until it has ended", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  try {
    client.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const [{ socket }, res] = (await once(server, "request")) as [
      { socket: Socket },
      ServerResponse,
    ];
    expect(answerOn(socket)).toMatchObject({ headersSent: false });
    res.write("one");
    expect(answerOn(socket)).toMatchObject({ headersSent: true });
    res.end();
    await once(res, "finish");
    expect(answerOn(socket)).toBeUndefined();
  } finally {
    client.destroy();
    server.close();
  }
});
