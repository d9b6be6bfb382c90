import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { readSecrets, updateSecrets } from "../data-directory/secrets.mjs";
import { OperatorError } from "../machine/operator-error.mjs";
import { withoutPostgresSettings } from "../machine/settings-names.mjs";
import { makeSharedDirectory, sharedDirectory } from "./binaries.mjs";
import { explainFailure } from "./explain-failure.mjs";
import { claimCluster, clearLeftover } from "./leftover.mjs";
import { runProgram } from "./run-program.mjs";

/** Who owns the cluster in `dataDir`, if there is one. */
export function clusterOwner(dataDir) {
  const owner = statSync(join(dataDir, "postgres"), { throwIfNoEntry: false });
  return owner && { uid: owner.uid, gid: owner.gid };
}

/**
 * Makes the cluster `DATA_DIR/postgres` on the first start and checks it on every other.
 * Returns its real path, the superuser's password, whether this made it, and the claim on it that the
 * caller releases. Only for the holder of the directory's lock.
 */
export async function ensureCluster({ dataDir, binaries, major, account, durable, log }) {
  const path = join(dataDir, "postgres");
  removeUnfinished(dataDir);
  if (lstatSync(path, { throwIfNoEntry: false }) && !existsSync(path))
    throw new OperatorError(
      `${path} leads to a directory that is gone: restore it from a backup. Only where there is none, and every account may be lost, remove the link to start with an empty database.`,
    );
  const isNew = !existsSync(path);
  if (isNew) await createCluster({ dataDir, path, binaries, account, durable, log });
  const cluster = realpathSync(path);
  checkVersion(cluster, path, major);
  const claim = await claimCluster(cluster, log);
  try {
    giveTo(account, cluster);
    const password =
      readSecrets(dataDir).databasePassword ??
      (await resetPassword(dataDir, { cluster, binaries, account, log }));
    return { cluster, password, claim, isNew };
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** Deletes a data directory, also a cluster that had to be kept outside it. For tests' own ones. */
export function removeDataDirectory(dataDir) {
  const path = join(dataDir, "postgres");
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const cluster = existsSync(path) ? realpathSync(path) : undefined;
    if (cluster?.startsWith(`${sharedDirectory}/`))
      rmSync(cluster, { recursive: true, force: true });
  }
  rmSync(dataDir, { recursive: true, force: true });
}

async function createCluster({ dataDir, path, binaries, account, durable, log }) {
  const id = randomBytes(8).toString("hex");
  const outside = account && !mayEnter(dataDir, account);
  const link = `${path}.new-${id}`;
  const draft = outside ? join(sharedDirectory, id) : link;
  const passwordFile = `${draft}.password`;
  const password = randomBytes(24).toString("base64url");
  try {
    if (outside) {
      makeSharedDirectory();
      // First, so that the next start finds what this one, killed, leaves behind.
      symlinkSync(draft, link);
    }
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600, flag: "wx" });
    if (account)
      for (const file of [draft, passwordFile]) chownSync(file, account.uid, account.gid);
    await runInitdb({ binaries, account, draft, passwordFile, durable });
    updateSecrets(dataDir, (secrets) => ({ ...secrets, databasePassword: password }));
    if (outside)
      log.info(`The database is kept in ${draft}: the user that runs it may not enter ${dataDir}.`);
    renameSync(link, path);
  } catch (error) {
    removeDraft(link);
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(
      `The database cannot be made in ${draft}: ${explainFailure(error.code ?? error.message)}`,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

// Locale "builtin" sorts and folds alike on every machine, whatever its LANG says.
async function runInitdb({ binaries, account, draft, passwordFile, durable }) {
  const { status, stderr, error } = await runProgram(
    join(binaries, "bin", "initdb"),
    [
      ...["-D", draft, "-U", "postgres", "--pwfile", passwordFile, "--auth", "scram-sha-256"],
      ...["--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin"],
      ...["--builtin-locale", "C.UTF-8", ...(durable ? [] : ["--no-sync"])],
    ],
    {
      ...account,
      cwd: "/",
      env: withoutPostgresSettings(process.env),
    },
  );
  if (status === 0) return;
  const why = explainFailure(error?.message ?? stderr);
  throw new OperatorError(`The database cannot be made in ${draft}: ${why}`);
}

function checkVersion(cluster, path, major) {
  let found;
  try {
    found = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  } catch (error) {
    throw new OperatorError(
      error.code === "ENOENT"
        ? `${path} is not a PostgreSQL cluster (PG_VERSION is missing): restore it from a backup. Only where there is none, and every account may be lost, move it away to start with an empty database.`
        : `${path} cannot be read (${error.code}): it belongs to another user, so start as root or as that user.`,
    );
  }
  if (found !== major)
    throw new OperatorError(
      `${path} was made by PostgreSQL ${found} and this is PostgreSQL ${major}: back it up with the version of Portaria before (npm run backup), and restore that into a new DATA_DIR.`,
    );
}

function giveTo(account, cluster) {
  const owner = statSync(cluster);
  if (account && owner.uid !== account.uid)
    spawnSync("chown", ["-R", `${account.uid}:${account.gid}`, cluster]);
}

async function resetPassword(dataDir, { cluster, binaries, account, log }) {
  await clearLeftover(cluster, log);
  const password = randomBytes(24).toString("base64url");
  const { status, stderr } = await runProgram(
    join(binaries, "bin", "postgres"),
    ["--single", "-D", cluster, "-c", "log_min_error_statement=panic", "postgres"],
    {
      ...account,
      cwd: "/",
      env: withoutPostgresSettings(process.env),
      input: `ALTER ROLE postgres PASSWORD '${password}'\n`,
    },
  );
  if (status !== 0)
    throw new OperatorError(
      `The database in ${cluster} cannot be opened: ${explainFailure(stderr)}`,
    );
  updateSecrets(dataDir, (secrets) => ({ ...secrets, databasePassword: password }));
  log.warn("secrets.json held no password of the database, so a new one was set; the data stay.");
  return password;
}

// A start that was killed while it made the cluster leaves a draft nobody will finish.
function removeUnfinished(dataDir) {
  for (const name of readdirSync(dataDir))
    if (name.startsWith("postgres.new-")) removeDraft(join(dataDir, name));
}

// Its initdb may not have noticed yet, and still put files there.
function removeDraft(path) {
  const patiently = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 };
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const outside = readlinkSync(path);
    if (outside.startsWith(`${sharedDirectory}/`))
      for (const left of [outside, `${outside}.password`]) rmSync(left, patiently);
  }
  rmSync(path, patiently);
}

function mayEnter(dataDir, account) {
  const run = spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", dataDir], {
    ...account,
    cwd: "/",
    stdio: "ignore",
  });
  return run.status === 0;
}
