/**
 * How to call npm with these arguments, for `runTool`. npm lets the scripts it runs know where it
 * is itself; another one in PATH may be of another version.
 * @param {string[]} args
 * @returns {[program: string, args: string[]]}
 */
export function npmCommand(args) {
  const path = process.env.npm_execpath;
  return path?.endsWith("npm-cli.js") ? [process.execPath, [path, ...args]] : ["npm", args];
}
