/** @type {import("next").NextConfig} */
const config = {
  // lib/building/build.mjs gives each state of the sources its own directory; `npm run dev` uses .next.
  distDir: process.env.PORTARIA_DIST || ".next",
  poweredByHeader: false,
  // tsc checks the types in npm test; TypeScript 7 has no interface that a build could call.
  // Next writes into a tsconfig that stands alone, a new line for each build, and not into an heir.
  typescript: { ignoreBuildErrors: true, tsconfigPath: "tsconfig.next.json" },
  // Routes are loaded when they are first asked for: each handler is a bundle of its own with most of the
  // code in it, so that loading all of them at the start cost time and tens of megabytes.
  experimental: { useTypeScriptCli: true, preloadEntriesOnStart: false },
  agentRules: false,
  // Whoever asks gets the title in the head: a page goes out whole, so none of it is sent behind.
  htmlLimitedBots: /.*/,
  turbopack: { root: import.meta.dirname },
  // These, and Prisma's client by Next's own list, are loaded when it runs; all else is built in
  // (decision 0031).
  serverExternalPackages: ["mmdb-lib", "nodemailer", "pg", "pino"],
};

export default config;
