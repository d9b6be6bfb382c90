import type { Holder } from "@/lib/log/request-context";

/** How many connections requests may hold at once: all of them, those of one network, those of one account. */
export type ShareLimits = { all: number; network: number; account: number };

/** Gives a connection's share back. Once. */
export type GiveBack = () => void;

/** Which bound a request waited for in vain. */
export type Bound = "account" | "network" | "all";

/** What a request gets that waited too long for its share. */
export class ShareRefused extends Error {
  constructor(readonly bound: Bound) {
    super(SHARE_REFUSED);
  }
}

/** By these words `isDatabaseDown` knows it, also where Prisma has wrapped it. */
export const SHARE_REFUSED = "This request got no share of the connections to the database";

// A page of many tabs has some hundred statements; what comes on top only takes up memory.
const WAITING_OF_ONE_NETWORK = 500;

type Waiting = { holder: Holder; grant: (giveBack: GiveBack) => void; order: number };

/**
 * Hands out connections so that no account and no network holds more than its share. What must wait
 * is served in turn: first whose network holds the fewest, then whose account does, then what came
 * first.
 */
export class FairShares {
  private readonly held = new Map<string, number>();
  private readonly waiting: Waiting[] = [];
  private all = 0;
  private arrivals = 0;

  constructor(private readonly limits: ShareLimits) {}

  /**
   * Takes a share, and waits for it if it must.
   *
   * @param milliseconds to wait at most
   * @throws ShareRefused when there was none in that time, or too many of the network wait already
   */
  take(holder: Holder, milliseconds: number): Promise<GiveBack> {
    if (this.boundOf(holder) === null) return Promise.resolve(this.hold(holder));
    const crowd = this.waiting.filter((one) => one.holder.network === holder.network).length;
    if (milliseconds === 0 || crowd >= WAITING_OF_ONE_NETWORK) {
      return Promise.reject(new ShareRefused(this.boundOf(holder) ?? "all"));
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        holder,
        order: ++this.arrivals,
        grant: (giveBack) => {
          clearTimeout(late);
          resolve(giveBack);
        },
      };
      const late = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(new ShareRefused(this.boundOf(holder) ?? "all"));
      }, milliseconds);
      this.waiting.push(waiting);
    });
  }

  /** The bound that holds somebody up now; null: none does. */
  private boundOf({ account, network }: Holder): Bound | null {
    const { limits } = this;
    if (account !== null && this.of(accountKey(account)) >= limits.account) return "account";
    if (this.of(networkKey(network)) >= limits.network) return "network";
    return this.all >= limits.all ? "all" : null;
  }

  private of(key: string): number {
    return this.held.get(key) ?? 0;
  }

  private hold(holder: Holder): GiveBack {
    const keys = [networkKey(holder.network), turnKey(holder)];
    this.all += 1;
    for (const key of keys) this.held.set(key, this.of(key) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.all -= 1;
      for (const key of keys) {
        if (this.of(key) === 1) this.held.delete(key);
        else this.held.set(key, this.of(key) - 1);
      }
      this.serve();
    };
  }

  private serve(): void {
    for (let next = this.next(); next !== undefined; next = this.next()) {
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.grant(this.hold(next.holder));
    }
  }

  private next(): Waiting | undefined {
    const ranks = ({ holder, order }: Waiting) => [
      this.of(networkKey(holder.network)),
      this.of(turnKey(holder)),
      order,
    ];
    let best: { one: Waiting; ranks: number[] } | undefined;
    for (const one of this.waiting) {
      if (this.boundOf(one.holder) !== null) continue;
      const own = ranks(one);
      const differs = own.findIndex((rank, index) => rank !== best?.ranks[index]);
      if (best === undefined || (own[differs] ?? 0) < (best.ranks[differs] ?? 0)) {
        best = { one, ranks: own };
      }
    }
    return best?.one;
  }
}

const networkKey = (network: string) => `network ${network}`;
const accountKey = (account: string) => `account ${account}`;

// Whoever is not signed in at a network takes turns with those who are as one of them.
const turnKey = ({ account, network }: Holder) =>
  account === null ? `nobody ${network}` : accountKey(account);
