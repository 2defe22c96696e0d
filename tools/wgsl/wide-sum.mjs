/** Sums of wide products as one operation each: fewer operations and fewer copies than one after the other (WIDE8). */

/** @typedef {import('./values.mjs').Value} Value */
/**
 * @typedef {object} Term of a sum
 * @property {readonly Value[]} factors two of a product, or one value
 * @property {boolean} isNegative
 */

/** Products that are summed at once. */
const most = 3;

/**
 * The terms of left + right or left - right, where one operation does for the products among them.
 *
 * @param {Value} left wide, as is the right
 * @param {Value} right
 * @param {boolean} isNegative of the right
 * @returns {readonly Term[] | undefined} undefined where there is nothing to gain
 */
export function summed(left, right, isNegative) {
  if (left.calls || right.calls) return undefined;
  const single = termsOf(right);
  const last = single.length === 1 ? single : [alone(right)];
  const terms = [...termsOf(left), ...last.map((term) => (isNegative ? turned(term) : term))];
  if (fits(terms)) return terms;
  const apart = [alone(left), ...terms.slice(-1)];
  return fits(apart) ? apart : undefined;
}

/** @param {readonly Term[]} terms */
function fits(terms) {
  const products = terms.filter(isProduct).length;
  return products > 0 && products <= most && terms.length - products <= 1;
}

/** @param {readonly Term[]} terms as `summed` gives them @returns {string} */
export function sumCode(terms) {
  const products = terms.filter(isProduct).flatMap(factorCodes);
  const [rest] = terms.filter((term) => !isProduct(term));
  if (!rest) return `${products.length === 4 ? 'wDot2' : 'wDot3'}(${products.join(', ')})`;
  const [value] = /** @type {[Value]} */ (rest.factors);
  if (products.length === 2)
    return `wMulAdd(${[...products, rest.isNegative ? negative(value) : value.code].join(', ')})`;
  const dot = sumCode(terms.filter(isProduct));
  return `${rest.isNegative ? 'wSub' : 'wAdd'}(${dot}, ${value.code})`;
}

/** The sum of one product alone. @param {Value} left @param {Value} right @returns {readonly Term[]} */
export function product(left, right) {
  return [{ factors: [left, right], isNegative: false }];
}

/** @param {Value} value @returns {readonly Term[]} */
function termsOf(value) {
  return value.terms ?? [alone(value)];
}

/** @param {Value} value @returns {Term} */
function alone(value) {
  return { factors: [value], isNegative: false };
}

/** @param {Term} term @returns {Term} */
function turned({ factors, isNegative }) {
  return { factors, isNegative: !isNegative };
}

/** @param {Term} term */
function isProduct({ factors }) {
  return factors.length === 2;
}

/** @param {Term} term */
function factorCodes({ factors, isNegative }) {
  if (!isNegative) return factors.map(({ code }) => code);
  // A name with a sign reads better than a call with one.
  const signed = Math.max(
    0,
    factors.findIndex(({ code }) => /^-?\w+$/.test(code)),
  );
  return factors.map((factor, i) => (i === signed ? negative(factor) : factor.code));
}

/** @param {Value} value */
function negative({ code, operator }) {
  if (operator === 'unary' && code.startsWith('-')) return code.slice(1);
  return operator === undefined || operator === 'call' ? `-${code}` : `-(${code})`;
}
