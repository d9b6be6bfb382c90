/** How many forms with a password there may be, all together and from one network. */
export type LineLimits = {
  /** Judged at once. */
  atWork: { all: number; network: number };
  /** That wait: in all, of those from places that nobody knows, and from one network. */
  waiting: { all: number; unknown: number; network: number };
  /** As long as no more wait, it is not asked who is known. */
  short: number;
  /** How long one waits at most. */
  waitMilliseconds: number;
  /** How long one is at work at most: what is judged longer waits for something else itself. */
  workMilliseconds: number;
};

/** A form that wants its password looked at. */
export type Waiter = {
  network: string;
  /** Whether it comes from somewhere known. Asked only where the line is long. */
  isKnown: () => boolean | Promise<boolean>;
  /** Aborts when whoever sent it has hung up. */
  gone: AbortSignal;
};

export type Turn = { kind: "turn"; giveBack: () => void } | { kind: "refused" } | { kind: "gone" };

type Waiting = { network: string; isKnown: boolean; order: number; grant: (turn: Turn) => void };

// After so many turns in a row one is an unknown one's, if any waits.
const TURNS_OF_KNOWN = 3;

/**
 * The line before the passwords: so many are at work at once, others wait, up to a bound, and whoever
 * comes then is refused. A short line is served as it came, the network with the fewest at work first. In
 * a longer one whoever is known goes first, but for each fourth turn, and finds room when others do not.
 */
export class PasswordLine {
  private readonly working = new Map<string, number>();
  private readonly waiting: Waiting[] = [];
  private atWork = 0;
  private arrivals = 0;
  private looks = 0;
  private knownInARow = 0;

  constructor(private readonly limits: LineLimits) {}

  /** Takes a turn at once or when it comes. Refused where there is no room to wait, or none came in time. */
  async take(waiter: Waiter): Promise<Turn> {
    if (this.mayWork(waiter.network)) return this.begin(waiter.network);
    if (!this.hasRoom(waiter.network)) return { kind: "refused" };
    const isKnown = this.waiting.length >= this.limits.short && (await this.look(waiter));
    if (waiter.gone.aborted) return { kind: "gone" };
    // Meanwhile others came and went.
    if (this.mayWork(waiter.network)) return this.begin(waiter.network);
    const isFull = !isKnown && this.waiting.length >= this.limits.waiting.unknown;
    if (isFull || !this.hasRoom(waiter.network)) return { kind: "refused" };
    return this.wait(waiter, isKnown);
  }

  private of(network: string): number {
    return this.working.get(network) ?? 0;
  }

  private mayWork(network: string): boolean {
    const { all, network: share } = this.limits.atWork;
    return this.atWork < all && this.of(network) < share;
  }

  private hasRoom(network: string): boolean {
    const { all, network: share } = this.limits.waiting;
    const own = this.waiting.filter((one) => one.network === network).length;
    return this.waiting.length + this.looks < all && own < share;
  }

  private async look({ isKnown }: Waiter): Promise<boolean> {
    this.looks += 1;
    try {
      return await isKnown();
    } finally {
      this.looks -= 1;
    }
  }

  private wait({ network, gone }: Waiter, isKnown: boolean): Promise<Turn> {
    return new Promise((resolve) => {
      const leave = (kind: "gone" | "refused") => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        settle({ kind });
      };
      const hungUp = () => leave("gone");
      const late = setTimeout(() => leave("refused"), this.limits.waitMilliseconds);
      const settle = (turn: Turn) => {
        clearTimeout(late);
        gone.removeEventListener("abort", hungUp);
        resolve(turn);
      };
      const waiting = { network, isKnown, order: ++this.arrivals, grant: settle };
      gone.addEventListener("abort", hungUp);
      this.waiting.push(waiting);
    });
  }

  private begin(network: string): Turn {
    this.atWork += 1;
    this.working.set(network, this.of(network) + 1);
    let isHeld = true;
    const giveBack = () => {
      if (!isHeld) return;
      isHeld = false;
      clearTimeout(late);
      this.atWork -= 1;
      if (this.of(network) === 1) this.working.delete(network);
      else this.working.set(network, this.of(network) - 1);
      this.serve();
    };
    const late = setTimeout(giveBack, this.limits.workMilliseconds);
    return { kind: "turn", giveBack };
  }

  private serve(): void {
    for (let next = this.next(); next !== undefined; next = this.next()) {
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.grant(this.begin(next.network));
    }
  }

  private next(): Waiting | undefined {
    const known = this.first(true);
    const unknown = this.first(false);
    if (known === undefined || unknown === undefined) return known ?? unknown;
    const isKnowns = this.knownInARow < TURNS_OF_KNOWN;
    this.knownInARow = isKnowns ? this.knownInARow + 1 : 0;
    return isKnowns ? known : unknown;
  }

  private first(isKnown: boolean): Waiting | undefined {
    return this.waiting
      .filter((one) => one.isKnown === isKnown && this.mayWork(one.network))
      .sort((a, b) => this.of(a.network) - this.of(b.network) || a.order - b.order)[0];
  }
}
