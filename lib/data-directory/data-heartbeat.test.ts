import { closeSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { livingElsewhere, startBeating } from "@/lib/data-directory/data-heartbeat.mjs";
import { ourselves } from "@/lib/machine/file-lock.mjs";
import { lockFile } from "@/lib/machine/kernel-lock.mjs";
import { processStart } from "@/lib/machine/process-identity.mjs";

let directory: string;
let path: string;
let logged: string[];
const log = { info: (text: string) => void logged.push(text) };
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "portaria-beat-"));
  path = join(directory, "lock");
  logged = [];
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true, force: true });
});

const beatOf = (machine: string, beat: number) =>
  JSON.stringify({ ...ourselves(), host: "web2", machine, id: "theirs", beat });
const look = (sure = true) => livingElsewhere(path, { sure, log, patienceMilliseconds: 600 });

test("another machine whose beat goes on has the directory, though no lock of its kernel is seen here", async () => {
  writeFileSync(path, beatOf("another", 1));
  const looking = look();
  writeFileSync(path, beatOf("another", 2));
  expect(await looking).toMatchObject({ host: "web2" });
  expect(logged).toHaveLength(1);
});

test("another machine whose beat stands still has it no more", async () => {
  writeFileSync(path, beatOf("another", 1));
  expect(await look()).toBeUndefined();
  expect(logged).toHaveLength(1);
});

test("nobody is waited for after a clean stop, a damaged file, a long time, or a kill on this machine", async () => {
  writeFileSync(path, "");
  expect(await look()).toBeUndefined();
  writeFileSync(path, "{");
  expect(await look()).toBeUndefined();
  writeFileSync(path, beatOf(ourselves().machine, 1));
  expect(await look()).toBeUndefined();
  writeFileSync(path, beatOf("another", 1));
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(path, longAgo, longAgo);
  expect(await look()).toBeUndefined();
  expect(logged).toEqual([]);
});

test("a server of a version that knew no lock of the kernel is seen by its process, while that lives", async () => {
  const start = processStart(process.pid);
  writeFileSync(path, JSON.stringify({ pid: process.pid, start, id: "a" }));
  expect(await look()).toEqual(ourselves());
  writeFileSync(path, JSON.stringify({ pid: process.pid, start: `${start}0`, id: "a" }));
  expect(await look()).toBeUndefined();
  expect(logged).toEqual([]);
});

test("where the kernel's lock says nothing, the beat of this machine counts too", async () => {
  writeFileSync(path, beatOf(ourselves().machine, 1));
  const looking = look(false);
  writeFileSync(path, beatOf(ourselves().machine, 2));
  expect(await looking).toMatchObject({ host: "web2" });
});

test("we beat until we stop, and report once when another has written over us and is left in peace", () => {
  vi.useFakeTimers();
  const lock = lockFile(path, { create: true });
  if (lock === "taken") throw new Error("Nobody else is here.");
  const lost = vi.fn();
  const heart = startBeating({ path, fd: lock.fd, onLost: lost });
  const beats = () => JSON.parse(readFileSync(path, "utf8")).beat;
  expect(beats()).toBe(0);
  vi.advanceTimersByTime(11_000);
  expect(beats()).toBe(2);
  writeFileSync(path, beatOf("another", 7));
  vi.advanceTimersByTime(11_000);
  expect(lost).toHaveBeenCalledTimes(1);
  expect(lost.mock.calls[0]?.[0]).toMatchObject({ host: "web2" });
  heart.stop();
  expect(readFileSync(path, "utf8")).toBe(beatOf("another", 7));
  closeSync(lock.fd);
});

test("a clean stop leaves the file empty", () => {
  const lock = lockFile(path, { create: true });
  if (lock === "taken") throw new Error("Nobody else is here.");
  const heart = startBeating({ path, fd: lock.fd, onLost() {} });
  heart.stop();
  closeSync(lock.fd);
  expect(readFileSync(path, "utf8")).toBe("");
});
