/**
 * The advisory lock under which migrations run; whoever moves rows holds it too. Any number that no
 * other program takes a lock on in this database.
 */
export const SCHEMA_LOCK = 7_064_531_820;
