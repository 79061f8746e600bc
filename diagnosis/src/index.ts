export { categories, type Category, type Transient, usualTransience } from "./categories.ts";
export { diagnose, type DiagnoseOptions, type LogDiagnosis, openDiagnosis, openGreenLog } from "./diagnose.ts";
export type { Candidate, ContextLine, Diagnosis, JobFacts, Outcome } from "./diagnosis.ts";
export type { LineConvention } from "./reading/line-reader.ts";
