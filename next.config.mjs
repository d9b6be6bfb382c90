import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/i18n/request.ts");

/** @type {import("next").NextConfig} */
const config = {
  // scripts/build.mjs gives each state of the sources its own directory; `npm run dev` uses .next.
  distDir: process.env.PORTARIA_DIST || ".next",
  poweredByHeader: false,
  // tsc checks the types in npm test; TypeScript 7 has no interface that a build could call.
  // Next writes into a tsconfig that stands alone, a new line for each build, and not into an heir.
  typescript: { ignoreBuildErrors: true, tsconfigPath: "tsconfig.next.json" },
  experimental: { useTypeScriptCli: true },
  agentRules: false,
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ["graphile-worker", "mmdb-lib", "nodemailer", "pg", "pino", "resend"],
};

export default withNextIntl(config);
