import { useEffect, useRef, useSyncExternalStore } from "react";

export type KeyBinding = {
  /** As `keyName` writes it: "j", "?", "Escape", "Mod+k". */
  key: string;
  /** What it does; shown on the key sheet. */
  label: string;
  run(event: KeyboardEvent): void;
};

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** The key in one word, with Ctrl and ⌘ as `Mod`. Shift is in the letter already. */
export function keyName(event: Pressed): string {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey) return `Alt+${name}`;
  return event.ctrlKey || event.metaKey ? `Mod+${name}` : name;
}

/** How a key is written on the screen of this machine. */
export function keyWords(key: string, isMac: boolean): string {
  if (key.startsWith("Mod+")) return isMac ? `⌘ ${key.slice(4).toUpperCase()}` : `Ctrl ${key.slice(4).toUpperCase()}`;
  return key === "Escape" ? "Esc" : key;
}

/** The binding that a key press is for: the one that was set last, which is the nearest to the person. */
export function bindingFor<Binding extends Pick<KeyBinding, "key">>(
  bindings: readonly Binding[],
  pressed: Pressed,
  place: { isTyping: boolean; isInDialog: boolean },
): Binding | undefined {
  const name = keyName(pressed);
  if (place.isInDialog) return undefined;
  // In a text field only what cannot be meant as text.
  if (place.isTyping && !name.startsWith("Mod+") && name !== "Escape") return undefined;
  return bindings.findLast((binding) => binding.key === name);
}

let bindings: readonly KeyBinding[] = [];
const listeners = new Set<() => void>();

function change(next: readonly KeyBinding[]): void {
  bindings = next;
  for (const listener of listeners) listener();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : null;
  const isTyping = target?.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]") != null;
  const isInDialog = target?.closest("[role=dialog], [role=alertdialog], [role=menu]") != null;
  const binding = bindingFor(bindings, event, { isTyping, isInDialog });
  if (binding === undefined) return;
  event.preventDefault();
  binding.run(event);
}

/** Listens for keys while the component is on the screen. */
export function useKeys(own: readonly KeyBinding[], isActive = true): void {
  const latest = useRef(own);
  useEffect(() => {
    latest.current = own;
  });
  const shape = own.map((binding) => `${binding.key} ${binding.label}`).join("\n");
  useEffect(() => {
    if (!isActive) return;
    const stable = latest.current.map((binding, index) => ({ ...binding, run: (event: KeyboardEvent) => latest.current[index]?.run(event) }));
    if (bindings.length === 0) document.addEventListener("keydown", onKeyDown);
    change([...bindings, ...stable]);
    return () => {
      change(bindings.filter((binding) => !stable.includes(binding)));
      if (bindings.length === 0) document.removeEventListener("keydown", onKeyDown);
    };
  }, [shape, isActive]);
}

/** Every key that works now, each once. */
export function useActiveKeys(): readonly KeyBinding[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => bindings,
  );
  return all.filter((binding, index) => all.findLastIndex((other) => other.key === binding.key) === index);
}

export const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);
export const paletteKeyWords = keyWords("Mod+k", isMac);
