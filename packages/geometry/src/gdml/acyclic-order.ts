/**
 * The nodes in an order in which each comes after those it needs. Without recursion: a file may nest as deep as it likes.
 *
 * @param needs the nodes that a node refers to
 * @param onCycle gets the nodes of a circle of references, the first again at the end; throws
 */
export function acyclicOrder(
  nodes: Iterable<string>,
  needs: (node: string) => readonly string[],
  onCycle: (cycle: readonly string[]) => never,
): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const root of nodes) {
    if (state.has(root)) continue;
    state.set(root, 'open');
    const path = [{ node: root, left: [...needs(root)] }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        state.set(top.node, 'done');
        order.push(top.node);
        path.pop();
      } else if (state.get(next) === 'open') {
        const names = path.map(({ node }) => node);
        onCycle([...names.slice(names.indexOf(next)), next]);
      } else if (!state.has(next)) {
        state.set(next, 'open');
        path.push({ node: next, left: [...needs(next)] });
      }
    }
  }
  return order;
}
