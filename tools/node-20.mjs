/**
 * Vitest 5 is written for Node 22 and later; Lantern promises Node 20.19. These three, and nothing else of what its
 * main process calls, are missing there. Delete this file when Node 20 is no longer supported.
 */

/**
 * @template K, V
 * @param {Iterable<V>} items
 * @param {(item: V, index: number) => K} keyOf
 * @returns {Map<K, V[]>}
 */
function groupBy(items, keyOf) {
  /** @type {Map<K, V[]>} */
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** @param {object} target @param {string} name @param {unknown} value */
function provide(target, name, value) {
  if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true });
}

provide(Map, 'groupBy', groupBy);
provide(
  Object,
  'groupBy',
  /** @type {(items: Iterable<unknown>, keyOf: (item: unknown, index: number) => PropertyKey) => object} */
  (items, keyOf) => Object.fromEntries(groupBy(items, keyOf)),
);
provide(Promise, 'withResolvers', () => {
  /** @type {Record<string, unknown>} */
  const parts = {};
  parts.promise = new Promise((resolve, reject) => {
    parts.resolve = resolve;
    parts.reject = reject;
  });
  return parts;
});
