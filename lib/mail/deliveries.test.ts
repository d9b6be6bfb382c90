import { expect, test } from "vitest";
import { createDeliveries } from "@/lib/mail/deliveries";
import { expectLogged } from "@/lib/testing/logged";

/** A way to deliver that takes until it is made to end. */
function heldDelivery() {
  const started: string[] = [];
  const ends = new Map<string, { resolve(): void; reject(error: Error): void }>();
  const deliver = (mailId: string) => {
    started.push(mailId);
    return new Promise<void>((resolve, reject) => ends.set(mailId, { resolve, reject }));
  };
  return { started, deliver, end: (mailId: string) => ends.get(mailId) };
}

test("mails are sent side by side, and one that is being sent is not started again", async () => {
  const { started, deliver } = heldDelivery();
  const deliveries = createDeliveries(deliver, 10);
  for (const mailId of ["a", "b", "a"]) await deliveries.start(mailId);
  expect(started).toEqual(["a", "b"]);
});

test("beyond the limit a mail waits until another has ended", async () => {
  const { started, deliver, end } = heldDelivery();
  const deliveries = createDeliveries(deliver, 2);
  await deliveries.start("a");
  await deliveries.start("b");
  const third = deliveries.start("c");
  expect(started).toEqual(["a", "b"]);
  end("a")?.resolve();
  await third;
  expect(started).toEqual(["a", "b", "c"]);
});

test("a failure ends nothing but its own try", async () => {
  expectLogged(/A try to send a mail was cut short/);
  const { started, deliver, end } = heldDelivery();
  const deliveries = createDeliveries(deliver, 1);
  await deliveries.start("a");
  end("a")?.reject(new Error("the database is away"));
  await deliveries.settled();
  await deliveries.start("a");
  expect(started).toEqual(["a", "a"]);
});
