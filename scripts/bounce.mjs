import { runCommand } from "./run-command.mjs";

// npm run bounce < mail: takes a mail that came back. A mail server keeps what ends with 75 and hands it over
// again; whatever else goes wrong before the mail was read must not send it back to nobody.
process.on("exit", (code) => {
  if (code === 1) process.exitCode = 75;
});
await runCommand("bounce-command", "runBounceCommand");
