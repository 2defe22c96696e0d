/** The name without the pointer that Geant4's writer appends: `RINDEX0x5602` is RINDEX. */
export function stripPointer(name: string): string {
  const at = name.indexOf('0x');
  return at > 0 ? name.slice(0, at) : name;
}
