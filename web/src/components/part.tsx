import type { ReactNode } from "react";

/** A named part of a thing's page. */
export function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h4 className="part-name mb-1.5">{name}</h4>
      {children}
    </section>
  );
}
