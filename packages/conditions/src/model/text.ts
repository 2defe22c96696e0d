/** What every store keeps as it is: PostgreSQL has no NUL in text, and UTF-8 no half of a surrogate pair. */
export function isPlainText(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text);
}
