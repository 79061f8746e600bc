import { lazy, Suspense, useSyncExternalStore } from "react";
import { proof } from "../runtime.ts";

const ReauthenticationDialog = lazy(async () => ({
  default: (await import("../features/accounts/reauthentication-dialog.tsx")).ReauthenticationDialog,
}));

/** The one place that asks again who somebody is, whichever call needs to know. */
export function Reauthentication() {
  const isAsked = useSyncExternalStore(proof.subscribe, proof.isAsked);
  if (!isAsked) return null;
  return (
    <Suspense fallback={null}>
      <ReauthenticationDialog />
    </Suspense>
  );
}
