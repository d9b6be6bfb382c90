import { dirname } from "node:path";
import pg from "pg";
import { runningDatabaseUrl } from "@/scripts/data-directory.mjs";

/** Lets one pending sign-in's last mail be older by so many seconds, in the database of the host. */
export async function ageLastMail(email: string, seconds: number): Promise<void> {
  const dataDirectory = dirname(process.env.E2E_HOST_LOG ?? "");
  const client = new pg.Client({ connectionString: runningDatabaseUrl(dataDirectory) });
  await client.connect();
  try {
    await client.query(
      `UPDATE challenge SET last_mail_at = last_mail_at - make_interval(secs => $2)
       WHERE email = $1 AND ended_at IS NULL`,
      [email, seconds],
    );
  } finally {
    await client.end();
  }
}
