import { lazy, type ReactNode, Suspense } from "react";
import { Fault } from "../../components/fault.tsx";

const Confirmation = lazy(async () => ({ default: (await import("../../components/ui/confirmation.tsx")).Confirmation }));

type RemovalProps = {
  title: string;
  /** What is told when it does not work. */
  what: string;
  removal: { isPending: boolean; error: Error | null; reset(): void };
  onRemove(): void;
  onClose(): void;
  children: ReactNode;
};

/** Asks before a second factor is removed. */
export function Removal({ title, what, removal, onRemove, onClose, children }: RemovalProps) {
  return (
    <Suspense fallback={null}>
      <Confirmation
        isOpen
        onClose={() => {
          removal.reset();
          onClose();
        }}
        title={title}
        action={removal.isPending ? "Removing…" : "Remove"}
        isBusy={removal.isPending}
        onConfirm={onRemove}
      >
        {children}
        {removal.error !== null && (
          <div className="mt-3">
            <Fault error={removal.error} what={what} />
          </div>
        )}
      </Confirmation>
    </Suspense>
  );
}
