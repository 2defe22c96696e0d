import type { Scope } from './scope.ts';
import {
  attribute,
  errorAt,
  requiredAttribute,
  suggestion,
  type XmlElement,
} from './xml-element.ts';

const attributes = new Set(['for', 'from', 'to', 'step']);

/**
 * Runs `read` for each pass of a `<loop>`, with its variable set. Both ends belong to it.
 *
 * @throws {GdmlError} for a variable that is not declared, a step that does not lead to the end, too many passes
 */
export function readLoop(xml: XmlElement, scope: Scope, read: () => void): void {
  scope.expectAttributes(xml, attributes);
  const variable = requiredAttribute(xml, 'for');
  if (!scope.variables.has(variable)) {
    throw errorAt(xml, `the loop variable ${variable} is not defined`, {
      expected: `<variable name="${variable}" value="0"/> in <define>`,
      hint: suggestion(variable, scope.variables),
    });
  }
  const from =
    attribute(xml, 'from') === undefined
      ? (scope.values.get(variable) ?? 0)
      : scope.integer(xml, 'from');
  const to = scope.integer(xml, 'to');
  const step = scope.integer(xml, 'step', 1);
  if (step === 0 || (from < to && step < 0) || (from > to && step > 0)) {
    throw errorAt(xml, 'the loop never ends', {
      given: `from ${from} to ${to} in steps of ${step}`,
    });
  }
  const passes = Math.floor((to - from) / step) + 1;
  const { spent, limits } = scope.reading;
  spent.loopIterations += passes;
  if (spent.loopIterations > limits.loopIterations) {
    throw errorAt(xml, `the loops make more than ${limits.loopIterations} passes`, {
      given: `${passes} here`,
    });
  }
  scope.loopDepth++;
  for (let pass = 0; pass < passes; pass++) {
    scope.values.set(variable, from + pass * step);
    read();
  }
  scope.loopDepth--;
}
