/** Gives out client addresses that no other test has. */
export type Addresses = {
  /** An IPv4 address of the range for benchmarks (RFC 2544), which has no country. */
  ip(): string;
  /** The start of a /64 of the documentation range (RFC 3849), such as `2001:db8:3:9`. */
  network6(): string;
};

const addressesPerWorker = 512;
const workers = (2 * 65_536) / addressesPerWorker;
let given = 0;

/**
 * @param workerIndex Playwright's, of which no two processes of a run have the same
 */
export function addressesOf(workerIndex: number): Addresses {
  // All workers of a run have one parent: another run against the same server has other addresses.
  const worker = (process.ppid * 16 + workerIndex) % workers;
  return {
    ip() {
      given += 1;
      if (given >= addressesPerWorker) throw new Error("This worker has used up its addresses.");
      const index = worker * addressesPerWorker + given;
      return `198.${18 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
    },
    network6() {
      given += 1;
      return `2001:db8:${worker.toString(16)}:${given.toString(16)}`;
    },
  };
}
