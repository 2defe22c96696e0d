import { expect } from 'vitest';

/** Each element is closed in its order, each attribute quoted, no stray sign in the text. For text made by machine. */
export function expectWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml
    .replaceAll(/<!--(?:(?!--)[\s\S])*-->/g, '')
    .replace(
      /<(\/?)([a-z]+\d?)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
      (_, end: string, name: string, __, alone: string) => {
        if (end) expect(open.pop()).toBe(name);
        else if (!alone) open.push(name);
        return '';
      },
    );
  expect(open).toEqual([]);
  expect(rest).not.toContain('<');
  expect(rest.replaceAll(/&(amp|lt|gt|quot);/g, '')).not.toContain('&');
}
