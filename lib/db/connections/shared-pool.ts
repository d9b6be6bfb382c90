import { Pool, type PoolClient, type PoolConfig } from "pg";
import { FairShares, type GiveBack, type ShareLimits } from "@/lib/db/connections/fair-shares";
import { reportRefusedShare } from "@/lib/db/connections/refused-shares";
import { reportStatement } from "@/lib/db/connections/statement-listeners";
import { currentRequest, noteOverShare } from "@/lib/log/request-context";

/** Connections of a process: of these the worker, health and the start always find some. */
export const CONNECTIONS = 10;

/** What of them requests may hold. An office of many customers is one network, so a network has more. */
export const CONNECTION_SHARES: ShareLimits = { all: 8, network: 5, account: 3 };

/**
 * How long a statement waits for its share. Shorter than what a form waits for the one before it
 * (`lib/server/once`): to be over one's share must not look like a database that is away.
 */
export const SHARE_WAIT_MILLISECONDS = 2_000;

type Connected = (error: Error | undefined, client?: PoolClient, done?: Done) => void;
type Done = (error?: Error | boolean) => void;

/**
 * Connections of which no account and no network gets more than its share, by the request that each is
 * taken for. What no request takes (the worker, the start, health) is outside of it.
 */
export class SharedPool extends Pool {
  private readonly shares: FairShares;

  constructor(
    config: PoolConfig,
    limits: ShareLimits = CONNECTION_SHARES,
    private readonly waitMilliseconds = SHARE_WAIT_MILLISECONDS,
  ) {
    super(config);
    this.on("connect", (client) => {
      const query = client.query.bind(client) as (...given: unknown[]) => unknown;
      client.query = ((...given: unknown[]) => {
        reportStatement(given[0]);
        return query(...given);
      }) as typeof client.query;
    });
    this.shares = new FairShares(limits);
  }

  override connect(): Promise<PoolClient>;
  override connect(
    callback: (error: Error | undefined, client: PoolClient | undefined, done: Done) => void,
  ): void;
  // Every way to a connection is this one: node-postgres sends each statement through it.
  override connect(callback?: unknown): Promise<PoolClient> | undefined {
    const connecting = this.connectWithin();
    if (typeof callback !== "function") return connecting;
    const done = callback as Connected;
    connecting.then(
      (client) => done(undefined, client, client.release),
      (error) => done(error, undefined, () => {}),
    );
    return undefined;
  }

  private async connectWithin(): Promise<PoolClient> {
    const giveBack = await this.takeShare();
    try {
      const client = await super.connect();
      const release = client.release.bind(client);
      // First the connection, then the share: what is next finds the one idle that was given back.
      client.release = (error) => {
        release(error);
        giveBack();
      };
      return client;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  private async takeShare(): Promise<GiveBack> {
    const request = currentRequest();
    if (!request?.holder) return () => {};
    try {
      // A request that was refused once is over: what is left of it does not wait any more.
      return await this.shares.take(request.holder, request.overShare ? 0 : this.waitMilliseconds);
    } catch (error) {
      noteOverShare();
      reportRefusedShare(request.holder, error);
      throw error;
    }
  }
}
