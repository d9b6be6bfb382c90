import { defineConfig } from "prisma/config";

// The CLI downloads an engine that only its own migration commands need; any existing file stops it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
