import { spawnSync } from "node:child_process";
import { OperatorError } from "../machine/operator-error.mjs";

/**
 * The user that runs PostgreSQL: undefined for ourselves; for root, which PostgreSQL refuses, the
 * owner of the cluster there already is, else the user `postgres`, made when missing.
 * @param {{ uid: number, gid: number } | undefined} clusterOwner
 * @returns {{ uid: number, gid: number } | undefined}
 */
export function databaseAccount(clusterOwner) {
  if (process.getuid?.() !== 0) return undefined;
  if (clusterOwner && clusterOwner.uid !== 0) return clusterOwner;
  const account = lookUp("postgres") ?? create("postgres");
  if (account) return account;
  throw new OperatorError(
    "PostgreSQL does not run as root and no user for it could be made: start as an ordinary user, create the user postgres, or set DATABASE_URL.",
  );
}

function lookUp(name) {
  const [uid, gid] = ["-u", "-g"].map((flag) => {
    const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
    return status === 0 ? Number.parseInt(stdout, 10) : 0;
  });
  return uid && gid ? { uid, gid } : undefined;
}

// Another start may make the same user at the same moment: only the look-up afterwards counts.
function create(name) {
  spawnSync("groupadd", ["--system", name], { stdio: "ignore" });
  const home = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"];
  spawnSync("useradd", ["--system", "--gid", name, ...home, name], { stdio: "ignore" });
  return lookUp(name);
}
