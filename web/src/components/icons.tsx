import type { ReactNode } from "react";

/** Icons of 16 by 16, drawn with the colour of the text. They say nothing by themselves: words stand beside them. */
const drawings = {
  board: <path d="M2.5 3.500h11v9h-11zM2.5 6.500h11M6.5 6.500v6" />,
  findings: <path d="M8 1.8 13 3.600v4c0 3-2 5.3-5 6.6-3-1.3-5-3.6-5-6.600v-4zM8 5.200v3.300M8 10.700v.1" />,
  tests: <path d="M2.3 4.6l1.3 1.300 2.200-2.600M2.3 10.8l1.3 1.300 2.200-2.600M8.5 4.800h5M8.5 11h5" />,
  tokens: <path d="M10.3 9.200a3.5 3.5 0 1 0-3.4-2.600L2 11.500V14h2.500v-1.700h1.700v-1.700h1.300zM10.8 5.200v.1" />,
  api: (
    <path d="M5.5 2.500C3.8 2.5 4 4 4 5.300S3.5 7.6 2.3 8C3.5 8.4 4 9.4 4 10.700s-.2 2.8 1.5 2.800M10.5 2.500c1.7 0 1.5 1.5 1.5 2.800s.5 2.3 1.7 2.700c-1.2.4-1.7 1.4-1.7 2.700s.2 2.8-1.5 2.8" />
  ),
  audit: <path d="M4 2.500h8v11H4zM6 5.500h4M6 8h4M6 10.500h2.500" />,
  search: <path d="M7 11.500a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 14 14" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  copy: <path d="M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3" />,
  check: <path d="m3 8.5 3.2 3.200L13 4.8" />,
  external: <path d="M9.5 2.500h4v4M13.5 2.5 7.5 8.500M11.5 9.500v4h-9v-9h4" />,
  down: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  right: <path d="m6.5 4.5 3.5 3.5-3.5 3.5" />,
  up: <path d="m4.5 9.5 3.5-3.5 3.5 3.5" />,
  branch: (
    <path d="M4.5 5.500v5M4.5 5.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM4.5 13.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM11.5 6.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM11.5 6.500c0 2.5-2 3-4 3.2-1.5.2-3 .4-3 .8" />
  ),
  sun: (
    <path d="M8 10.700a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.400zM8 1.500v1.300M8 13.200v1.300M1.5 8h1.300M13.2 8h1.300M3.4 3.400l.9.900M11.7 11.700l.9.9M12.6 3.400l-.9.900M4.3 11.700l-.9.9" />
  ),
  moon: <path d="M13.3 9.700A5.7 5.7 0 0 1 6.3 2.700a5.7 5.7 0 1 0 7 7z" />,
  system: <path d="M2 3h12v8H2zM6 13.500h4M8 11v2.5" />,
  help: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.300C6.3 5.2 7 4.6 8 4.600s1.7.7 1.7 1.600c0 1.2-1.7 1.4-1.7 2.600M8 11v.1" />,
  refresh: <path d="M13.5 3v3.500H10M13.2 6.300A5.5 5.5 0 1 0 13.5 8" />,
  plus: <path d="M8 3v10M3 8h10" />,
  download: <path d="M8 2.500v7.500M4.8 7 8 10.2 11.2 7M2.5 13.500h11" />,
  link: (
    <path d="M6.7 9.300a2.5 2.5 0 0 0 3.5 0l2.6-2.600a2.5 2.5 0 0 0-3.5-3.500L8.5 4M9.3 6.700a2.5 2.5 0 0 0-3.5 0L3.2 9.300a2.5 2.5 0 0 0 3.5 3.500l.8-.8" />
  ),
  expand: <path d="M9.5 2.500h4v4M6.5 13.500h-4v-4M13.5 2.5 9.3 6.700M2.5 13.500l4.2-4.2" />,
  keyboard: <path d="M1.5 4h13v8h-13zM4 6.500h.1M6.7 6.500h.1M9.3 6.500h.1M12 6.500h.1M4.5 9.500h7" />,
  signOut: <path d="M9.5 2.500h-7v11h7M6.5 8h7.500M11.5 5.5 14 8l-2.5 2.5" />,
  person: <path d="M8 7.500a2.5 2.5 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM3 13.500c.4-2.600 2.400-4 5-4s4.600 1.400 5 4" />,
  people: (
    <path d="M6 7.500a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600zM1.700 13.200c.3-2.300 2-3.600 4.300-3.600s4 1.300 4.300 3.600M10.600 3.200a2.200 2.200 0 0 1 0 4.100M12 9.900c1.300.5 2.100 1.600 2.300 3.300" />
  ),
  warning: <path d="M8 2.3 14.3 13.200H1.700zM8 6.300v3.400M8 11.500v.1" />,
  filter: <path d="M2 4h12M4.5 8h7M6.7 12h2.6" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

export function Icon({ name, className = "size-4" }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  );
}
