import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { prepare } from "../lib/building/prepare.mjs";
import { npmCommand } from "../lib/machine/npm-command.mjs";
import { OperatorError, printFault } from "../lib/machine/operator-error.mjs";
import { alone, buildDirectory, root } from "../lib/machine/project.mjs";
import { runLocally } from "../lib/machine/run-locally.mjs";
import { runTool } from "../lib/machine/run-tool.mjs";
import { quitOnSignal } from "../lib/machine/signals.mjs";

// npm run email: react-email's own preview of emails/. Its pages are 358 MiB and wanted by few, so
// they are fetched when first asked for, beside the project's packages. The command insists on the
// same version as its pages, of which 6.11.6 is the newest.
const version = "6.11.6";
const tool = join(buildDirectory, "email-preview");
const cli = join(tool, "node_modules", "react-email", "dist", "cli", "index.mjs");

await prepare();
const keepOn = quitOnSignal();
try {
  await alone(fetchPreview);
} catch (error) {
  printFault(error);
  process.exit(1);
}
keepOn();
// The command starts itself again with these, unless it has them: that one would be left behind.
const itsOwn = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"];
const args = ["dev", "--dir", relative(tool, join(root, "emails")), ...process.argv.slice(2)];
const code = await runLocally([...itsOwn, cli, ...args], {
  cwd: tool,
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
});
process.exit(code);

async function fetchPreview() {
  if (existsSync(cli) && existsSync(join(tool, "complete"))) return;
  console.log(`Fetching react-email's preview into ${tool}, once (about 360 MB) …`);
  mkdirSync(tool, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const wanted = {
    "@react-email/ui": version,
    "react-email": version,
    react: dependencies.react,
    "react-dom": dependencies["react-dom"],
  };
  writeFileSync(
    join(tool, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies: wanted }),
  );
  const [program, args] = npmCommand(["install", "--no-audit", "--no-fund", "--loglevel=error"]);
  const { code, output } = await runTool(program, [...args, "--prefix", tool], { cwd: tool });
  if (code !== 0)
    throw new OperatorError(
      `${output.trim()}\nreact-email's preview could not be fetched: npm's words are above; check the connection to the npm registry.`,
    );
  writeFileSync(join(tool, "complete"), version);
}
