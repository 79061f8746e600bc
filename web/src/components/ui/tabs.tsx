import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactElement, ReactNode } from "react";

export type TabEntry<Value extends string> = {
  value: Value;
  label: string;
  /** How many things stand under it; left out where nobody knows. */
  count?: number | undefined;
  /** A link to the page with this tab open, so that it can be opened elsewhere too. */
  link: ReactElement;
};

type TabsProps<Value extends string> = { label: string; value: Value; entries: readonly TabEntry<Value>[]; onChange(value: Value): void; children: ReactNode };

/** Tabs whose place is in the address: each is a link. */
export function Tabs<Value extends string>({ label, value, entries, onChange, children }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next: Value) => onChange(next)}>
      <Base.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line px-1.5" data-print="no">
        {entries.map((entry) => (
          <Base.Tab
            key={entry.value}
            value={entry.value}
            nativeButton={false}
            render={entry.link}
            className="-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm whitespace-nowrap text-ink-soft outline-offset-[-2px] hover:text-ink data-[active]:border-accent data-[active]:font-medium data-[active]:text-ink"
          >
            {entry.label}
            {entry.count !== undefined && <span className="rounded-sm bg-sunken px-1 text-xs text-ink-faint">{entry.count.toLocaleString("en")}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel value={value} className="outline-none" tabIndex={-1}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
