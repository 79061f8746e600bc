import { useLayoutEffect, useState } from "react";

/** Where a list stands on the page, and how wide it is, in pixels; followed while things above it grow and shrink. */
export function useListPlace(list: HTMLElement | null): { top: number; width: number } {
  const [place, setPlace] = useState({ top: 0, width: 1_000 });
  useLayoutEffect(() => {
    if (list === null) return;
    const measure = () => {
      const box = list.getBoundingClientRect();
      const next = { top: Math.round(box.top + window.scrollY), width: Math.round(box.width) };
      setPlace((known) => (known.top === next.top && known.width === next.width ? known : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    observer.observe(list);
    return () => observer.disconnect();
  }, [list]);
  return place;
}
