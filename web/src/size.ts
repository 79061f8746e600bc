const units = ["B", "KB", "MB", "GB"] as const;

/** A number of bytes as people read it, in thousands: "863 KB", "1.2 MB". */
export function sizeWords(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1_000 && unit < units.length - 1) {
    amount /= 1_000;
    unit++;
  }
  const shown = unit === 0 || amount >= 10 ? Math.round(amount).toString() : amount.toFixed(1);
  return `${shown} ${units[unit] ?? "B"}`;
}
