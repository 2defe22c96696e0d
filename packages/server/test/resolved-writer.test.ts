import { resolvedToJson, TagIndex, TagStack } from '@lantern/conditions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ResolvedWriter } from '../src/caching/resolved-writer.ts';

const edge = (min: bigint) =>
  fc.oneof(
    fc.bigInt({ min, max: 2n ** 62n }),
    fc
      .integer({ min: min < 0n ? -2_000_000_000 : 0 })
      .map((seconds) => BigInt(seconds) * 1_000_000_000n),
  );

test.each(['time', 'run'] as const)(
  '[API6] by %s: the bytes are those of JSON.stringify',
  (axis) => {
    const min = axis === 'run' ? 0n : -(2n ** 62n);
    const hash = fc.constantFrom('', 'ab'.repeat(32), `0${'9'.repeat(63)}`);
    const line = fc.record({
      calibType: fc.string({ minLength: 1, maxLength: 6 }),
      flavor: fc.constantFrom('vanilla', 'é"\\'),
      edges: fc.uniqueArray(edge(min), { minLength: 2, maxLength: 8 }),
      payload: hash,
      open: fc.boolean(),
    });
    const tag = fc.uniqueArray(line, { maxLength: 4, selector: ({ calibType }) => calibType });
    fc.assert(
      fc.property(
        tag,
        tag,
        edge(min),
        fc.bigInt({ min: 0n, max: 2n ** 62n }),
        (a, b, position, asOf) => {
          const stack = new TagStack(
            [a, b].map((lines, i) => ({
              name: `tag ${i}`,
              index: TagIndex.of(
                lines.map(({ calibType, flavor, edges, payload, open }) => {
                  const sorted = [...edges].sort((x, y) => (x < y ? -1 : 1));
                  const entries = sorted.flatMap((begin, k) => {
                    const last = k === sorted.length - 1;
                    const end = last ? 2n ** 63n - 1n : (sorted[k + 1] ?? 0n);
                    return (last && !open) || k === 1
                      ? []
                      : [{ begin, end, serNo: 4_000_000_000 + k, payload }];
                  });
                  return { calibType, flavor, axis, entries };
                }),
              ),
            })),
            axis,
          );
          const indexed = { tags: [], stack, asOf, immutable: true };
          const writer = new ResolvedWriter(indexed, axis);
          for (const at of [position, ...(a[0]?.edges ?? [])]) {
            const { text, validity } = writer.write(at);
            const plain = { ...stack.resolve(at), asOf, immutable: true };
            expect(new TextDecoder().decode(text)).toBe(
              JSON.stringify(resolvedToJson(plain, axis)),
            );
            expect(validity).toEqual(plain.validity);
          }
        },
      ),
    );
  },
);
