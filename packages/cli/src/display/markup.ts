/** Text inside XML or HTML, or inside a quoted attribute of it. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A coordinate: a tenth is less than can be seen. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A whole number as people read it: `1 234 567`, with narrow no-break spaces. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
