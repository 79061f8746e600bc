/** The address, if it is one of the web that may be linked to; texts from reports may be anything. */
export function safeUrl(address: string | null | undefined): string | null {
  if (address === null || address === undefined || !URL.canParse(address)) return null;
  const { protocol } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? address : null;
}
