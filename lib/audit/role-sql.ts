// Letters, digits, "_" and "-", at most PostgreSQL's 63 bytes; quoted, so that case is kept.
const roleName = /^[a-z_][a-z0-9_-]{0,62}$/i;

// Quoted or not, PostgreSQL takes these for everybody, for nobody, or for roles of its own.
const isReserved = (name: string) => /^(public|none|pg_.*)$/i.test(name);

/** Whether a role may be called so: its name stands in statements that an owner runs. */
export const isRoleName = (name: string): boolean => roleName.test(name) && !isReserved(name);

// graphile-worker turns row security on for its tables, and makes no policy: only owners see a row.
const jobTables = [
  "_private_jobs",
  "_private_job_queues",
  "_private_tasks",
  "_private_known_crontabs",
] as const;

/**
 * The SQL that lets a role run the app without owning a table: everything the app needs, and of the
 * audit log nothing but to read it and add to it. May be run again, such as after an upgrade.
 *
 * @throws when the role may not be called so, see `isRoleName`
 */
export function roleSql(name: string): string {
  if (!isRoleName(name)) throw new Error("Such a name may not stand in a statement.");
  const role = `"${name}"`;
  const rights = "SELECT, INSERT, UPDATE, DELETE";
  const policies = jobTables.flatMap((table) => [
    `DROP POLICY IF EXISTS ${role} ON graphile_worker.${table};`,
    `CREATE POLICY ${role} ON graphile_worker.${table} TO ${role} USING (true) WITH CHECK (true);`,
  ]);
  const lines = [
    "-- As the owner of the tables, once Portaria has started; the role exists already:",
    `-- CREATE ROLE ${role} LOGIN PASSWORD '…';`,
    "BEGIN;",
    "",
    `GRANT USAGE ON SCHEMA public, graphile_worker TO ${role};`,
    `GRANT ${rights} ON ALL TABLES IN SCHEMA public, graphile_worker TO ${role};`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public, graphile_worker TO ${role};`,
    "",
    "-- What later migrations of this owner add.",
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ${rights} ON TABLES TO ${role};`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${role};`,
    "",
    "-- The jobs, whose tables show no row to anybody else.",
    ...policies,
    "",
    "-- The history of the schema is the owner's.",
    `REVOKE ALL ON public._prisma_migrations, graphile_worker.migrations FROM ${role};`,
    `GRANT SELECT ON public._prisma_migrations, graphile_worker.migrations TO ${role};`,
    "",
    "-- The audit log only grows.",
    `REVOKE ALL ON public.audit_entry FROM ${role};`,
    `GRANT SELECT, INSERT ON public.audit_entry TO ${role};`,
    "",
    "COMMIT;",
  ];
  return `${lines.join("\n")}\n`;
}
