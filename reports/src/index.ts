export * from "./json/envelope.ts";
export * from "./limits.ts";
export { contentHashOf, shortHash } from "./places/content.ts";
export { maskedMessage } from "./places/masking.ts";
export { baseName, repositoryPath } from "./places/paths.ts";
export * from "./reader.ts";
export { readerOf, readers, recognise } from "./registry.ts";
export { nameOfUnsupported } from "./unsupported.ts";
