import { afterAll } from "vitest";
import { rememberProcess } from "@/lib/testing/process-state";

// Vitest's set-up of files that share a process: each leaves it as the one before it did. What is asked for
// first comes last, after all that the file does itself.
afterAll(rememberProcess());
