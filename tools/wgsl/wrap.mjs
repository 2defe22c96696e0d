/** Lines of at most 80 columns. */

const width = 80;

/**
 * A line of WGSL, broken after commas and before operators where it is too long.
 *
 * @param {string} line
 * @returns {string[]}
 */
export function wrapped(line) {
  if (line.length <= width || line.trimStart().startsWith('//')) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines = [];
  let rest = line;
  let prefix = '';
  while ((prefix + rest).length > width) {
    const at = breakAt(rest, width - prefix.length);
    if (at <= 0) break;
    lines.push((prefix + rest.slice(0, at)).trimEnd());
    rest = rest.slice(at).trimStart();
    prefix = `${indent}  `;
  }
  return [...lines, prefix + rest];
}

/** Where to break: of the places that fit, the last one of the fewest brackets. @param {string} text @param {number} room */
function breakAt(text, room) {
  let depth = 0;
  let best = -1;
  let bestDepth = Number.POSITIVE_INFINITY;
  for (let i = 0; i < Math.min(text.length, room); i++) {
    if ('([{'.includes(text[i] ?? '')) depth++;
    if (')]}'.includes(text[i] ?? '')) depth--;
    const after = text[i] === ',' || (text[i] === '(' && text[i + 1] !== ')');
    const before =
      / (&&|\|\||[-+*/|&]|->) $/.test(text.slice(Math.max(0, i - 3), i + 1)) &&
      /^ /.test(text.slice(i));
    const place = after ? i + 1 : before ? i : -1;
    if (place > 8 && depth <= bestDepth && text.slice(0, place).trim() !== '') {
      best = place;
      bestDepth = depth;
    }
  }
  return best;
}
