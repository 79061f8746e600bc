export { createDiagnosisPool } from "./pool.ts";
