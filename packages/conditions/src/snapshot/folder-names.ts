/** Names of files for names of things, which may have any characters: no two are equal, in capitals or not. */
export class FolderNames {
  readonly #taken = new Set<string>();

  /** @param parts folders and the file itself, with its extension */
  path(parts: readonly string[], extension: string): string {
    const path = parts.map(fileName).join('/');
    for (let number = 1; ; number++) {
      const name = `${path}${number === 1 ? '' : `~${number}`}.${extension}`;
      const key = name.toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return name;
    }
  }
}

/** Letters, digits and a few signs as they are, the rest as %XX, as in the address of a page. */
function fileName(text: string): string {
  const name = encodeURIComponent(text).replace(
    /[!'()*~]|^\.|\.$/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return name || '%';
}

/** The extension that files of a format have: `xml.gz` for `XML.gz`. */
export function extensionOf(dataFmt: string): string {
  return (
    dataFmt
      .toLowerCase()
      .replace(/[^a-z0-9.]/g, '')
      .replace(/^\.+|\.+$/g, '') || 'data'
  );
}
