import { Server } from "node:net";

// Loaded by --import before a program of others (run-locally.mjs), which then listens on this machine
// alone, whatever it asks for.
const listen = Server.prototype.listen;
const here = "127.0.0.1";

Server.prototype.listen = function (...args) {
  const [first, second] = args;
  if (typeof first === "object" && first !== null) {
    if (first.port !== undefined) args[0] = { ...first, host: here };
  } else if (first === undefined || typeof first === "function") args.unshift(0, here);
  else if (isPort(first)) args.splice(1, typeof second === "string" ? 1 : 0, here);
  return listen.apply(this, args);
};

function isPort(value) {
  return typeof value === "number" || /^\d+$/.test(value);
}
