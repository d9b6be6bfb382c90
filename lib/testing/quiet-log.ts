import { log } from "@/lib/log/log";

// Vitest's set-up of every file: what the product logs would drown what the tests say.
log.level = "silent";
