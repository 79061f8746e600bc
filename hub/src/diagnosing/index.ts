export { createDiagnosisPool, type DiagnosisOrder, type DiagnosisPool } from "./pool.ts";
export type { Diagnosed } from "./worker.ts";
