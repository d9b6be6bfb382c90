import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { Pool, type QueryResult } from "pg";
import { prismaDirectory, readMigrations, readSchema } from "@/prisma/migration-files";

export const everyTable = { externalTables: [], externalEnums: [] };

/**
 * Prisma's own migration engine, in WebAssembly, on `databaseUrl`; `close()` ends its connections. It
 * writes and compares migrations; a start applies them without it (`migrate`).
 */
export async function openSchemaEngine(
  databaseUrl: string,
): Promise<{ engine: SchemaEngine; close(): Promise<void> }> {
  const { SchemaEngine } = await loadEngine();
  const factory = new WholeScripts(databaseUrl);
  const engine = await SchemaEngine.new(
    { datamodels: [["schema.prisma", readSchema()]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  return {
    engine,
    async close() {
      engine.free();
      await factory.close();
    },
  };
}

/** All migrations of a directory, oldest first, in the form the engine takes. */
export function listMigrations(directory?: string): MigrationList {
  return {
    baseDir: directory ?? join(prismaDirectory, "migrations"),
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: readMigrations(directory).map(({ name, script }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } },
    })),
  };
}

// The adapter cuts scripts at every ";", also inside functions and comments; PostgreSQL itself does
// not, and takes a script as one transaction.
class WholeScripts extends PrismaPg {
  private readonly opened: Pool[] = [];

  constructor(private readonly url: string) {
    super(url);
  }

  override async connect() {
    return this.whole(await super.connect());
  }

  override async connectToShadowDb() {
    const name = `portaria_shadow_${crypto.randomUUID()}`;
    const admin = this.open(this.url);
    await admin.query(`CREATE DATABASE "${name}"`);
    const url = new URL(this.url);
    url.pathname = `/${name}`;
    const shadow = this.whole(await new PrismaPg(url.href).connect());
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    };
    return shadow;
  }

  async close() {
    await Promise.all(this.opened.map((pool) => (pool.ended ? undefined : pool.end())));
  }

  private open(url: string) {
    const pool = new Pool({ connectionString: url, max: 1 });
    pool.on("error", () => {});
    this.opened.push(pool);
    return pool;
  }

  private whole<Adapter extends SqlDriverAdapter & { underlyingDriver(): Pool }>(adapter: Adapter) {
    const pool = adapter.underlyingDriver();
    this.opened.push(pool);
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return readingCatalogueCharacters(adapter);
  }
}

// PostgreSQL's catalogue has the type "char" (18), one character, which the adapter refuses and the
// engine asks for when it compares schemas: it passes as text (25) and is named a character again.
function readingCatalogueCharacters<Adapter extends SqlDriverAdapter>(adapter: Adapter): Adapter {
  const { performIO } = adapter as unknown as { performIO(query: SqlQuery): Promise<QueryResult> };
  const queryRaw = adapter.queryRaw;
  adapter.queryRaw = async (query) => {
    const result = await performIO.call(adapter, query);
    const isCharacter = result.fields.map((field) => field.dataTypeID === 18);
    for (const field of result.fields) if (field.dataTypeID === 18) field.dataTypeID = 25;
    const answered = Object.create(adapter, { performIO: { value: async () => result } });
    const set = await queryRaw.call(answered, query);
    const columnTypes = set.columnTypes.map((type, column) =>
      isCharacter[column] ? ColumnTypeEnum.Character : type,
    );
    return { ...set, columnTypes };
  };
  return adapter;
}

type Bindings = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");
let bindings: Promise<Bindings> | undefined;

// Node 20 has no import of WebAssembly modules, so the file is found and bound by hand; once, for the
// bindings keep a single instance.
function loadEngine(): Promise<Bindings> {
  bindings ??= (async () => {
    const loaded = await import("@prisma/schema-engine-wasm/schema_engine_bg");
    const resolve = createRequire(import.meta.url).resolve;
    const file = resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm");
    const imports = withIdleTimers(loaded as unknown as WebAssembly.ModuleImports);
    const { instance } = await WebAssembly.instantiate(await readFile(file), {
      "./schema_engine_bg.js": imports,
    });
    Object.assign(globalThis, {
      PRISMA_WASM_PANIC_REGISTRY: {
        set_message(message: string) {
          throw new Error(`Prisma's migration engine failed: ${message}`);
        },
      },
    });
    const { __wbg_set_wasm } = loaded as unknown as { __wbg_set_wasm(wasm: unknown): void };
    __wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
    return loaded;
  })();
  return bindings;
}

// The engine leaves the timer behind that bounds its wait for a lock: it must not keep us awake.
function withIdleTimers(imports: WebAssembly.ModuleImports): WebAssembly.ModuleImports {
  const name = Object.keys(imports).find((key) => key.startsWith("__wbg_setTimeout_"));
  if (name === undefined) return imports;
  const idle = (run: () => void, milliseconds: number) => setTimeout(run, milliseconds).unref();
  return { ...imports, [name]: idle };
}
