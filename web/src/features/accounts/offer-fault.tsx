import { isWorthRetrying } from "../../api/client.ts";
import { Fault } from "../../components/fault.tsx";

/** Why a link does nothing: one that is used or over stays so, and only what may pass is tried again. */
export function OfferFault({ error, what, onRetry }: { error: unknown; what: string; onRetry(): void }) {
  return isWorthRetrying(error) ? <Fault error={error} what={what} onRetry={onRetry} /> : <Fault error={error} what={what} />;
}
