import { Client } from "pg";

/** A statement that was carried out, and what it read. */
export type Statement = {
  text: string;
  /** Rows that its scans met, those that a filter took out included. */
  rows: number;
  /** Pages of 8 KiB that it looked at. */
  pages: number;
  /** The scans that met the most, for who has to mend it. */
  scans: string[];
};

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  "Shared Hit Blocks"?: number;
  "Shared Read Blocks"?: number;
  Plans?: Plan[];
};

// What only hands on what another scan has read, or makes rows of nothing.
const readsNoTable =
  /^(Subquery|CTE|WorkTable|Function|Values|Table Function|Named Tuplestore) Scan$/;

type Scan = { of: string; rows: number };

function scansOf(plan: Plan): Scan[] {
  const { "Node Type": type, Plans: below = [], "Actual Loops": loops = 1 } = plan;
  // A bitmap's entries are read in bulk: they count by their pages.
  const isScan = type.endsWith("Scan") && !readsNoTable.test(type) && type !== "Bitmap Index Scan";
  const met =
    (plan["Actual Rows"] ?? 0) +
    (plan["Rows Removed by Filter"] ?? 0) +
    (plan["Rows Removed by Index Recheck"] ?? 0);
  const of = `${type} ${plan["Index Name"] ?? plan["Relation Name"] ?? ""}`;
  const own = isScan ? [{ of, rows: Math.round(met * loops) }] : [];
  return [...own, ...below.flatMap(scansOf)];
}

/**
 * Makes a database report, of each statement, how it was carried out. For what connects from now
 * on.
 */
export async function explainEverything(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const name = new URL(databaseUrl).pathname.slice(1);
  const settings = {
    session_preload_libraries: "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_format": "json",
    "auto_explain.log_level": "notice",
  };
  for (const [setting, value] of Object.entries(settings)) {
    await client.query(`ALTER DATABASE ${name} SET ${setting} = '${value}'`);
  }
  await client.end();
}

let heard: Statement[] | null = null;

// node-postgres passes notices on by an event of the client, whichever pool that is in.
const emit = Client.prototype.emit;
Client.prototype.emit = function (this: Client, event: string, ...values: unknown[]) {
  const [notice] = values as [{ message?: string } | undefined];
  const printed = event === "notice" ? notice?.message : undefined;
  const start = printed?.startsWith("duration:") ? printed.indexOf("{") : -1;
  if (printed !== undefined && start >= 0) {
    const explained: { "Query Text": string; Plan: Plan } = JSON.parse(printed.slice(start));
    const { "Query Text": text, Plan: plan } = explained;
    const pages = (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
    const scans = scansOf(plan).sort((a, b) => b.rows - a.rows);
    const rows = scans.reduce((sum, one) => sum + one.rows, 0);
    const most = scans.slice(0, 3).map((one) => `${one.of}: ${one.rows}`);
    heard?.push({ text, rows, pages, scans: most });
  }
  return emit.call(this, event as never, ...(values as never[]));
} as typeof emit;

/** The statements that some work has carried out, by a database of `explainEverything`. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const own: Statement[] = [];
  heard = own;
  try {
    await work();
  } finally {
    heard = null;
  }
  return own;
}
