const known = [
  [
    /No space left on device|ENOSPC|EDQUOT|Disk quota exceeded/i,
    "the disk is full; free some space and start again.",
  ],
  [
    /Read-only file system|EROFS/i,
    "the file system is read-only; make it writable, or set another DATA_DIR, which begins empty.",
  ],
  [
    /Permission denied|EACCES|EPERM|wrong ownership|invalid permissions/i,
    "this user may not read and write there; start as its owner, or set another DATA_DIR, which begins empty.",
  ],
  [
    /incompatible with server|initialized by PostgreSQL version/i,
    "another version of PostgreSQL made it; back it up with the version of Portaria before, or set another DATA_DIR, which begins empty.",
  ],
  [
    /checkpoint record|invalid magic|incorrect checksum|invalid page|could not (open|read) file|PANIC|not a database cluster|lacks the file|bogus data|control file|could not read from file/i,
    "its files are damaged; restore DATA_DIR from a backup. Only where there is none, and every account may be lost, move its postgres away, without deleting it, to start with an empty database.",
  ],
  [
    /could not (create|map|resize) (any )?shared memory|Cannot allocate memory/i,
    "there is too little memory; free some and start again.",
  ],
];

/** Puts what PostgreSQL or the system said into half a sentence: the cause and what to do. */
export function explainFailure(output) {
  const text = String(output ?? "").trim();
  const match = known.find(([pattern]) => pattern.test(text));
  if (match) return match[1];
  const line = text.split("\n").findLast((part) => /FATAL|ERROR|PANIC|error:/.test(part));
  return `${line ?? text.split("\n").at(-1) ?? ""}.`.replace(/\.\.$/, ".");
}
