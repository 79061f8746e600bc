import { cloudTokens } from "./cloud-tokens.ts";
import { contextKinds } from "./contexts.ts";
import { hostTokens } from "./host-tokens.ts";
import { privateKeyKind } from "./private-keys.ts";
import { serviceTokens } from "./service-tokens.ts";
import type { SecretKind } from "./secret-kind.ts";

/** Every kind of secret that is redacted, once each, in the order of a reference page. */
export const secretKinds: readonly SecretKind[] = [...hostTokens, ...cloudTokens, ...serviceTokens, privateKeyKind, ...contextKinds].map(
  ({ name, title, shape }) => ({ name, title, shape }),
);
