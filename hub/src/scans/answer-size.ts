/** Lists stay below 200 KB, with room for what stands around the items. */
const mostBytes = 195_000;

/** The first of the items, as many as fit an answer; one at least, when there is one. */
export function withinAnswer<Item>(items: readonly Item[]): Item[] {
  let bytes = 0;
  const end = items.findIndex((item, index) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > mostBytes && index > 0;
  });
  return end === -1 ? [...items] : items.slice(0, end);
}
