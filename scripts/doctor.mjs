import { runCommand } from "./run-command.mjs";

// npm run doctor: says what is wrong with an installation, and what to put where.
await runCommand("doctor-command", "runDoctorCommand");
