import { assignmentDetector, assignmentKinds } from "./assignments.ts";
import { addressDetectors, addressKinds } from "./addresses.ts";
import { headerDetectors, headerKinds } from "./headers.ts";
import type { Detector, SecretKind } from "./secret-kind.ts";

/** Secrets that only their place tells: behind a name, in an address, in a header. */
export const contextKinds: readonly SecretKind[] = [...headerKinds, ...addressKinds, ...assignmentKinds];
export const contextDetectors: readonly Detector[] = [...headerDetectors, ...addressDetectors, assignmentDetector];
