import { createServer } from "node:net";
import { expect, test } from "vitest";
import { isOperatorError } from "@/lib/machine/operator-error.mjs";
import { checkPort, listenFault } from "@/lib/machine/port.mjs";

async function sentence(host: string, port: number): Promise<string> {
  const fault = await checkPort(host, port).catch((error: unknown) => error);
  if (fault !== undefined) expect(isOperatorError(fault)).toBe(true);
  return fault instanceof Error ? fault.message : "free";
}

test("a port that another program has is reported, and one that is free is not", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", () => resolve()));
  const address = other.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  expect(await sentence("127.0.0.1", port)).toBe(
    `Another program listens on 127.0.0.1:${port}: stop it, or set PORT to a free port.`,
  );
  await new Promise<void>((resolve) => other.close(() => resolve()));
  expect(await sentence("127.0.0.1", port)).toBe("free");
});

// 192.0.2.0/24 is for documentation (RFC 5737), .invalid resolves nowhere (RFC 2606).
test.each(["192.0.2.1", "nowhere.invalid"])(
  "an address that is not this machine's (%s) is reported",
  async (host) => {
    expect(await sentence(host, 1)).toBe(
      `This machine has no address ${host}: set HOST to one of its own, or to 127.0.0.1.`,
    );
  },
);

test.each([
  ["EACCES", "127.0.0.1", /^This user may not listen on 127\.0\.0\.1:80: set PORT to 1024/],
  ["EADDRINUSE", "::1", /^Another program listens on \[::1\]:80: stop it/],
  ["EAFNOSUPPORT", "::1", /^Nothing can listen on \[::1\]:80 \(EAFNOSUPPORT\): set HOST and PORT/],
])("%s on %s is a sentence and no stack", (code, host, expected) => {
  const fault = listenFault(Object.assign(new Error("listen"), { code }), host, 80);
  expect(isOperatorError(fault)).toBe(true);
  expect(fault.message).toMatch(expected);
});
