import { afterEach, describe, expect, test } from "vitest";
import { log } from "@/lib/log/log";
import {
  expectLogged,
  forgetLateLines,
  judgeLogged,
  mayBeLogged,
  noteLogged,
} from "@/lib/testing/logged";

describe("a warning or an error in the log", () => {
  const writers: [by: string, write: (text: string) => void][] = [
    ["log.warn", (text) => log.warn(text)],
    ["log.error", (text) => log.error({ err: new Error(text) }, "A request failed")],
    ["log.fatal", (text) => log.fatal(text)],
    ["a child of the log", (text) => log.child({ jobs: "x" }).error(text)],
    ["console.warn", (text) => console.warn(text)],
    ["console.error", (text) => console.error("%s", text)],
  ];

  test.each(writers)("by %s fails the test that did not announce it", (_, write) => {
    write("the disk is full");
    expect(judgeLogged).toThrow(/Not announced by expectLogged: .*the disk is full/);
    // Reported once.
    expect(judgeLogged).not.toThrow();
  });

  test.each(writers)("by %s is fine where it was announced, before or after", (_, write) => {
    expectLogged(/the disk is full/);
    write("the disk is full");
    expect(judgeLogged).not.toThrow();
    write("the disk is full");
    mayBeLogged(/the disk is full/);
    expect(judgeLogged).not.toThrow();
  });

  test("that was announced must come, and only it", () => {
    expectLogged(/the disk is full/, /no room/);
    log.warn("the disk is full");
    log.warn("the disk is gone");
    expect(judgeLogged).toThrow(
      /Not announced by expectLogged: .*the disk is gone.*\n.*Announced, and not in the log: \/no room\//,
    );
    mayBeLogged(/no room/);
    expect(judgeLogged).not.toThrow();
  });

  test("is reported with the file it came in", () => {
    log.warn("the disk is full");
    expect(judgeLogged).toThrow(/the disk is full.* \(in \S*lib\/testing\/logged\.test\.ts\)/);
  });

  test("after a file's last test fails no test of the next file, and names the earlier one", () => {
    noteLogged("the disk is full", "/lib/earlier.test.ts");
    expectLogged(/never met/);
    expect(forgetLateLines()).toEqual([
      "Logged after the last test of /lib/earlier.test.ts: the disk is full",
    ]);
    expect(judgeLogged).not.toThrow();
    expect(forgetLateLines()).toEqual([]);
  });

  test("is all that is looked at", () => {
    log.info("a request");
    log.debug("a request");
    expect(judgeLogged).not.toThrow();
  });
});

describe("every test is judged", () => {
  let judged = 0;
  // Hooks of the set-up run after those of the file.
  afterEach(() => {
    judged += 1;
    log.warn("after a test");
    expectLogged(/after a test/);
  });
  test("the first", () => expect(judged).toBe(0));
  test("and the next", () => expect(judged).toBe(1));
});
